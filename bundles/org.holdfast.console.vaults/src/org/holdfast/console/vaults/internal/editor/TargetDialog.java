package org.holdfast.console.vaults.internal.editor;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.notify.TargetField;
import org.holdfast.api.notify.TargetKind;
import org.holdfast.api.notify.TargetSummary;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.console.ui.pages.SavingDialog;
import org.holdfast.protocol.fleet.SaveTarget;

/** Adds or changes a target of notifications. The fields are those that its kind asks for. */
final class TargetDialog extends SavingDialog {
    /** The rule of the vault, for names of targets and rules. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final List<String> LANGUAGES = List.of("en", "ja");

    private final FleetSession session;
    private final List<TargetKind> kinds;
    private final @Nullable Versioned<TargetSummary> before;
    private final Map<TargetField, Text> values = new LinkedHashMap<>();
    private Text name;
    private Combo kind;
    private Combo language;
    private Text zone;
    private Button enabled;
    private Fields fields;
    private int fixed;

    private TargetDialog(Shell parent, FleetSession session, List<TargetKind> kinds,
            @Nullable Versioned<TargetSummary> before, Runnable saved) {
        super(parent, "target", before == null ? Messages.target_add : Messages.target_change, saved);
        this.session = session;
        this.kinds = kinds;
        this.before = before;
    }

    static void add(Shell shell, FleetSession session, Runnable saved) {
        Asking.ask(shell, NLS.bind(Messages.reading, session.connection().name()),
                session.api().notifications().kinds(),
                kinds -> new TargetDialog(shell, session, kinds, null, saved).open());
    }

    static void change(Shell shell, FleetSession session, String target, Runnable saved) {
        var calls = session.api().notifications();
        Asking.ask(shell, NLS.bind(Messages.reading, target), calls.kinds().thenCombine(calls.target(target),
                (kinds, read) -> new TargetDialog(shell, session, kinds, read, saved)), TargetDialog::open);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        TargetSummary old = before == null ? null : before.value();
        setTitle(old == null ? NLS.bind(Messages.target_addHeading, session.connection().name())
                : NLS.bind(Messages.target_changeHeading, old.name(), session.connection().name()));
        fields = new Fields(area, this::check);
        name = fields.text("target.name", Messages.target_name, old == null ? "" : old.name());
        name.setEnabled(old == null);
        List<String> names = kinds.stream().map(TargetKind::kind).toList();
        kind = fields.combo("target.kind", Messages.target_kind, names.stream().map(NotificationWords::kind).toList(),
                Math.max(0, old == null ? names.indexOf("mail") : names.indexOf(old.kind())));
        kind.setEnabled(old == null);
        kind.addListener(SWT.Selection, e -> showFields());
        language = fields.combo("target.language", Messages.target_language,
                List.of(Messages.language_en, Messages.language_ja),
                Math.max(0, old == null ? LANGUAGES.indexOf(java.util.Locale.getDefault().getLanguage())
                        : LANGUAGES.indexOf(old.language())));
        zone = fields.text("target.zone", Messages.target_zone, old == null ? ZoneId.systemDefault().getId()
                : old.zone());
        enabled = fields.check("target.enabled", Messages.target_enabled, old == null || old.enabled());
        fixed = fields.body().getChildren().length;
        showFields();
        return area;
    }

    private void showFields() {
        Control[] children = fields.body().getChildren();
        for (int i = fixed; i < children.length; i++) {
            children[i].dispose();
        }
        values.clear();
        TargetKind chosen = kind();
        TargetSummary old = before == null ? null : before.value();
        if (chosen != null) {
            for (TargetField field : chosen.fields()) {
                String value = old == null ? "" : old.settings().getOrDefault(field.name(), "");
                boolean many = field.name().equals("ca");
                Text text = fields.text("target." + field.name(), TargetWords.label(chosen.kind(), field), value,
                        field.secret() ? SWT.PASSWORD : many ? SWT.MULTI | SWT.V_SCROLL : SWT.NONE);
                String hint = TargetWords.hint(chosen.kind(), field);
                boolean stored = old != null && old.secrets().contains(field.name());
                text.setMessage(stored ? Messages.target_stored : hint);
                text.setToolTipText(hint);
                values.put(field, text);
            }
        }
        fields.body().requestLayout();
        if (getShell() != null && getShell().isVisible()) {
            Point wanted = getShell().computeSize(SWT.DEFAULT, SWT.DEFAULT);
            getShell().setSize(Math.max(wanted.x, getShell().getSize().x), Math.max(wanted.y, getShell().getSize().y));
        }
        check();
    }

    private @Nullable TargetKind kind() {
        int index = kind.getSelectionIndex();
        return index < 0 || index >= kinds.size() ? null : kinds.get(index);
    }

    private boolean isStored(TargetField field) {
        return before != null && before.value().secrets().contains(field.name());
    }

    @Override
    protected @Nullable String problem() {
        if (!name.getText().isEmpty() && !NAME.matcher(name.getText()).matches()) {
            return Messages.name_wrong;
        }
        return ZoneId.getAvailableZoneIds().contains(zone.getText().strip()) ? null : Messages.zone_wrong;
    }

    @Override
    protected boolean isReady() {
        return kind() != null && !name.getText().isEmpty() && values.entrySet().stream().allMatch(
                e -> !e.getKey().required() || !e.getValue().getText().isBlank() || isStored(e.getKey()));
    }

    @Override
    protected String prompt() {
        return Messages.target_prompt;
    }

    @Override
    protected CompletableFuture<?> save() {
        Map<String, String> settings = new HashMap<>();
        Map<String, String> secrets = new HashMap<>();
        values.forEach((field, text) -> {
            if (!text.getText().isBlank()) {
                (field.secret() ? secrets : settings).put(field.name(), field.secret() ? text.getText()
                        : text.getText().strip());
            }
        });
        TargetKind chosen = kind();
        var wanted = new SaveTarget(name.getText(), chosen == null ? "" : chosen.kind(), enabled.getSelection(),
                LANGUAGES.get(language.getSelectionIndex()), zone.getText().strip(), settings, secrets);
        Versioned<TargetSummary> old = before;
        var calls = session.api().notifications();
        return old == null ? calls.addTarget(wanted) : calls.changeTarget(wanted, old.etag());
    }
}
