package org.holdfast.console.policies.internal;

import java.time.Duration;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.ui.Ui;

/** Commands that agents run before and after each backup. */
final class HooksSection extends Section {
    private static final int DAY = 86_400;
    private static final int LINES = 3;

    private Fieldset before;
    private Fieldset after;

    /** The fields of one command. */
    private final class Fieldset {
        private final Button used;
        private final Text command;
        private final Text arguments;
        private final Spinner timeout;
        private final Combo failure;
        /** As it was shown, for what the fields cannot tell. */
        private @Nullable Hook shown;

        Fieldset(Composite parent, String id, String title, String use) {
            Group group = Fields.group(parent, title);
            used = watch(Fields.check(group, id + ".used", use));
            used.addListener(SWT.Selection, e -> enable());
            command = watch(Fields.text(group, id + ".command", Messages.hook_command));
            arguments = watch(Fields.lines(group, id + ".arguments", Messages.hook_arguments, LINES));
            timeout =
                    watch(Fields.number(group, id + ".timeout", Messages.hook_timeout, Messages.hook_seconds, 1, DAY));
            failure = watch(Fields.choice(group, id + ".failure", Messages.hook_failure,
                    List.of(Messages.hook_fail, Messages.hook_warn, Messages.hook_ignore)));
        }

        private void enable() {
            for (Control c : List.of(command, arguments, timeout, failure)) {
                c.setEnabled(used.getSelection());
            }
        }

        void put(@Nullable Hook hook) {
            shown = hook;
            Hook h = hook == null ? new Hook("", List.of(), Duration.ofMinutes(10), Hook.OnFailure.FAIL) : hook;
            used.setSelection(hook != null);
            Fields.set(command, h.command());
            Fields.set(arguments, h.arguments());
            timeout.setSelection((int) Math.clamp(h.timeout().toSeconds(), 1, DAY));
            failure.select(h.onFailure().ordinal());
            enable();
        }

        @Nullable
        Hook get() {
            if (!used.getSelection()) {
                return null;
            }
            Hook old = shown;
            List<String> typed = Fields.values(arguments);
            boolean same = old != null && old.arguments().stream().map(String::strip).filter(a -> !a.isEmpty()).toList()
                    .equals(typed);
            return new Hook(command.getText().strip(), same ? old.arguments() : typed,
                    old != null && old.timeout().toSeconds() == timeout.getSelection() ? old.timeout()
                            : Duration.ofSeconds(timeout.getSelection()),
                    Hook.OnFailure.values()[Math.max(0, failure.getSelectionIndex())]);
        }
    }

    @Override
    String title() {
        return Messages.hook_title;
    }

    @Override
    List<String> fields() {
        return List.of("before", "after");
    }

    @Override
    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        Fields.note(body, "hook.note", Messages.hook_note);
        before = new Fieldset(body, "before", Messages.hook_before, Messages.hook_useBefore);
        after = new Fieldset(body, "after", Messages.hook_after, Messages.hook_useAfter);
        return body;
    }

    @Override
    void put(Policy policy) {
        before.put(policy.before());
        after.put(policy.after());
    }

    @Override
    Policy read(Policy p) {
        return new Policy(p.name(), p.version(), p.description(), p.items(), p.exclusions(), p.plan(), p.retention(),
                p.bandwidth(), before.get(), after.get(), p.level(), p.changeDetection(), p.reportPaths(),
                p.warningThreshold(), p.drills());
    }
}
