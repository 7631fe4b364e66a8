package org.holdfast.console.ui.advice;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.model.Row;

/**
 * Says what helps with alerts, below the table of alerts. Bundles contribute it through the extension point
 * {@code org.holdfast.console.ui.alertAdvice}.
 * <p>
 * One object is made for each part with alerts, by injection: the constructor may ask for services of the workbench and
 * of OSGi with {@code jakarta.inject.Inject}; a public constructor without parameters does as well.
 */
@FunctionalInterface
public interface AlertAdvice {
    /**
     * What helps with an alert. Called on the user interface thread whenever one alert is selected, or has changed;
     * must not wait.
     *
     * @param alert of one of the kinds that the extension names
     * @return null when there is nothing to say about this one
     */
    @Nullable
    Advice about(Row<AlertSummary> alert);
}
