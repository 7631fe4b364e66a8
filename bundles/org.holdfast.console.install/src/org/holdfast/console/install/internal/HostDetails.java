package org.holdfast.console.install.internal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.HostProgress;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.Step;
import org.holdfast.console.install.internal.run.Registration.LogLine;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** What became of one host, what to do about it, and its log. */
final class HostDetails {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ZoneId zone = Formats.local().zone();
    private final Text text;

    HostDetails(Composite parent) {
        text = Ui.name(Ui.id(new Text(parent, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL),
                "registrations.details"), Messages.runs_details);
        text.addListener(SWT.Traverse, e -> e.doit = true);
    }

    void show(@Nullable HostProgress row, List<LogLine> log) {
        String words = row == null ? Messages.runs_select
                : words(row) + "\n\n" + log.stream().map(this::line).collect(Collectors.joining("\n"));
        if (words.equals(text.getText())) {
            return;
        }
        boolean goesOn = !text.getText().isEmpty() && row != null && row.outcome() == null;
        int top = text.getTopIndex();
        text.setText(words);
        if (goesOn) {
            text.setTopIndex(text.getLineCount());
        } else {
            text.setTopIndex(Math.min(top, text.getLineCount()));
        }
    }

    /** The steps are said in the person's language, the rest is what hosts and programs say. */
    private String line(LogLine line) {
        String said = Arrays.stream(Step.values()).filter(step -> step.name().equals(line.text())).findFirst()
                .map(InstallWords::step).orElse(line.text());
        return TIME.format(line.time().atZone(zone)) + "  " + said;
    }

    private static String words(HostProgress row) {
        var all = new StringBuilder(InstallWords.host(row.host())).append(": ").append(InstallWords.state(row));
        Outcome outcome = row.outcome();
        if (!row.message().isEmpty()) {
            all.append(" - ").append(row.message());
        }
        row.warnings().stream().filter(warning -> !row.message().contains(warning))
                .forEach(warning -> all.append('\n').append(warning));
        String remedy = outcome == null ? "" : InstallWords.remedy(outcome);
        if (!remedy.isEmpty()) {
            all.append('\n').append(NLS.bind(Messages.words_remedy, remedy));
        }
        if (row.serverId() != null) {
            all.append('\n').append(NLS.bind(Messages.words_server, row.serverId()));
        }
        return all.toString();
    }
}
