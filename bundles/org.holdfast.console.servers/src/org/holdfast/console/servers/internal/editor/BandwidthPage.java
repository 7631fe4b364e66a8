package org.holdfast.console.servers.internal.editor;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DateTime;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Ui;

/** Second page: how fast the server may send, which its policy says; so for whom that changes as well. */
final class BandwidthPage extends WizardPage {
    private static final int KILO = 1000;
    private static final int DIGITS = 3;

    private final PropertiesChange change;
    private final Formats formats;
    private final @Nullable Policy policy;
    private final Bandwidth before;
    private final Map<DayOfWeek, Button> days = new EnumMap<>(DayOfWeek.class);
    private Spinner work;
    private Spinner other;
    private DateTime from;
    private DateTime to;
    private Button restores;
    private Button own;

    BandwidthPage(PropertiesChange change, Formats formats) {
        super("bandwidth", Messages.change_rateTitle, null);
        this.change = change;
        this.formats = formats;
        policy = change.policy();
        before = policy == null ? Bandwidth.NONE : policy.bandwidth();
        setDescription(Messages.change_ratePrompt);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        setControl(body);
        if (policy == null) {
            note(body, Messages.change_noPolicy);
            return;
        }
        work = rate(body, "change.workRate", Messages.change_workRate, before.workRate());
        Ui.label(body, Messages.change_workDays);
        var week = new Composite(body, SWT.NONE);
        week.setLayout(Ui.grid(DayOfWeek.values().length));
        for (DayOfWeek day : DayOfWeek.values()) {
            Button button = check(week, "change.day" + day.getValue(), day.getDisplayName(TextStyle.SHORT_STANDALONE,
                    formats.locale()), before.workDays().contains(day));
            Ui.name(button, day.getDisplayName(TextStyle.FULL_STANDALONE, formats.locale()));
            days.put(day, button);
        }
        from = time(body, "change.from", Messages.change_from, before.workStart());
        to = time(body, "change.to", Messages.change_to, before.workEnd());
        other = rate(body, "change.otherRate", Messages.change_otherRate, before.otherRate());
        Ui.label(body, "");
        restores = check(body, "change.restores", Messages.change_restores, before.throttleRestores());
        long followers = change.followers();
        if (followers > 1) {
            note(body, NLS.bind(Messages.change_shared, policy.name(), formats.count(followers)));
            own = radio(body, "change.own", NLS.bind(Messages.change_own, change.ownName()), true);
            radio(body, "change.all", NLS.bind(Messages.change_all, policy.name(), formats.count(followers)), false);
        }
    }

    private Spinner rate(Composite body, String id, String label, long bits) {
        Ui.label(body, label);
        var spinner = Ui.name(Ui.id(new Spinner(body, SWT.BORDER), id), label.replace("&", ""));
        spinner.setValues((int) (bits / KILO), 0, (int) (Bandwidth.FASTEST / KILO), DIGITS, KILO, 10 * KILO);
        spinner.addListener(SWT.Selection, e -> validate());
        spinner.addListener(SWT.Modify, e -> validate());
        return spinner;
    }

    private DateTime time(Composite body, String id, String label, LocalTime value) {
        Ui.label(body, label);
        var time = Ui.name(Ui.id(new DateTime(body, SWT.TIME | SWT.SHORT | SWT.BORDER), id), label.replace("&", ""));
        time.setTime(value.getHour(), value.getMinute(), 0);
        return time;
    }

    private static Button check(Composite body, String id, String text, boolean on) {
        var button = Ui.id(new Button(body, SWT.CHECK), id);
        button.setText(text);
        button.setSelection(on);
        return button;
    }

    private static Button radio(Composite body, String id, String text, boolean on) {
        var button = Ui.id(new Button(body, SWT.RADIO), id);
        button.setText(text);
        button.setSelection(on);
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        return button;
    }

    private void note(Composite body, String text) {
        var label = new Label(body, SWT.WRAP);
        label.setText(Ui.plain(text));
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.widthHint = convertWidthInCharsToPixels(70);
        data.verticalIndent = 8;
        label.setLayoutData(data);
    }

    private void validate() {
        boolean slow = isTooSlow(work) || isTooSlow(other);
        setErrorMessage(slow ? Messages.change_tooSlow : null);
        setPageComplete(!slow);
    }

    private static boolean isTooSlow(@Nullable Spinner spinner) {
        return spinner != null && spinner.getSelection() > 0
                && spinner.getSelection() < Bandwidth.SLOWEST / KILO;
    }

    /** What was chosen. */
    Bandwidth bandwidth() {
        if (policy == null) {
            return before;
        }
        Set<DayOfWeek> chosen = days.entrySet().stream().filter(e -> e.getValue().getSelection())
                .map(Map.Entry::getKey).collect(Collectors.toSet());
        return new Bandwidth(chosen, LocalTime.of(from.getHours(), from.getMinutes()),
                LocalTime.of(to.getHours(), to.getMinutes()), (long) work.getSelection() * KILO,
                (long) other.getSelection() * KILO, restores.getSelection());
    }

    boolean isChanged() {
        return !bandwidth().equals(before);
    }

    /** Whether the server is to get a policy of its own. */
    boolean forOne() {
        return own != null && own.getSelection();
    }
}
