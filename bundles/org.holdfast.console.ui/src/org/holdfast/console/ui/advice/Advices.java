package org.holdfast.console.ui.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.e4.core.contexts.IEclipseContext;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Contributions;

/** What bundles know to help with alerts. To be used on the user interface thread. */
public final class Advices {
    /** Id of the extension point. */
    public static final String POINT = "org.holdfast.console.ui.alertAdvice";

    private final Contributions<AlertAdvice> contributions;

    /** Those of contributions. */
    public Advices(Contributions<AlertAdvice> contributions) {
        this.contributions = contributions;
    }

    /** Those of all bundles of this program. */
    public static Advices of(IEclipseContext context) {
        return new Advices(Contributions.of(POINT, AlertAdvice.class, context));
    }

    /** What helps with an alert, in the order of the contributions; one that fails is left out. */
    public List<Advice> about(Row<AlertSummary> alert) {
        var found = new ArrayList<Advice>();
        contributions.forEach((each, advice) -> {
            if (isFor(each.text("kinds"), alert.value().kind())) {
                Advice told = advice.about(alert);
                if (told != null) {
                    found.add(told);
                }
            }
        });
        return found;
    }

    private static boolean isFor(String kinds, AlertKind kind) {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return kinds.isBlank() || List.of(kinds.strip().split("[\\s,]+")).contains(word);
    }
}
