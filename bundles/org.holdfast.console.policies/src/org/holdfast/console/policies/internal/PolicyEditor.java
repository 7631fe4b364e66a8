package org.holdfast.console.policies.internal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.PoliciesIds;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PolicyAssignments;

/**
 * A window with all sides of a policy on pages. It is not modal, so that a person can look at servers and other
 * policies meanwhile. Nothing is stored before Save; what somebody else stored in between is shown, and never
 * overwritten unasked.
 */
public final class PolicyEditor extends TrayDialog {
    private static final int SAVE = IDialogConstants.CLIENT_ID + 1;
    /** In average characters and lines, so that the window grows with its texts. */
    private static final int WIDTH = 154;
    private static final int HEIGHT = 48;
    private static final String KEY = PolicyEditor.class.getName();

    private final List<VaultPlace> places;
    private final @Nullable String name;
    private final Policy start;
    private final PolicyWords words;
    private final PolicyForm form;
    private final Listener saveKey = this::key;
    private VaultPlace place;
    private @Nullable PolicyFile stored;
    private Policy shown;
    private StatePanel panel;
    private Combo vault;
    private Label message;
    private Subscription live = () -> {
    };
    private boolean busy;
    private boolean closing;

    private PolicyEditor(Shell parent, PolicyWords words, List<VaultPlace> places, @Nullable String name,
            Policy start) {
        super(parent);
        this.places = List.copyOf(places);
        this.words = words;
        this.name = name;
        this.start = start;
        shown = start;
        place = places.getFirst();
        form = new PolicyForm(words, this::changed, this::chooseServers,
                Commands.isThere(PoliciesIds.LEFT_OUT) ? this::leftOut : null);
        setShellStyle(SWT.SHELL_TRIM | SWT.MODELESS);
        setHelpAvailable(false);
        setBlockOnOpen(false);
    }

    /** Opens the editor on a policy, or brings the one to the front that is open. */
    public static void edit(Shell parent, PolicyWords words, Row<VaultPolicy> policy) {
        String key = policy.session().connection().id() + ' ' + policy.value().key();
        for (Shell shell : parent.getDisplay().getShells()) {
            if (key.equals(shell.getData(KEY))) {
                shell.setMinimized(false);
                shell.forceActive();
                return;
            }
        }
        var editor = new PolicyEditor(parent, words,
                List.of(new VaultPlace(policy.session(), policy.value().vault())), policy.value().policy().name(),
                policy.value().policy());
        editor.open();
        editor.getShell().setData(KEY, key);
    }

    /**
     * Opens the editor on a policy that is not there yet.
     *
     * @param places vaults it may be made in, the first one is proposed
     * @param start what to begin with
     */
    public static void create(Shell parent, PolicyWords words, List<VaultPlace> places, Policy start) {
        new PolicyEditor(parent, words, places, null, start).open();
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        Ui.id(shell, "policyEditor");
        shell.getDisplay().addFilter(SWT.KeyDown, saveKey);
        shell.addListener(SWT.Dispose, e -> {
            live.close();
            e.display.removeFilter(SWT.KeyDown, saveKey);
        });
    }

    private void key(Event e) {
        boolean mine = e.widget instanceof Control c && !c.isDisposed() && c.getShell() == getShell();
        if (mine && (e.stateMask & SWT.MOD1) != 0 && (e.stateMask & SWT.MOD2) == 0 && e.keyCode == 's') {
            e.doit = false;
            e.type = SWT.None;
            save();
        }
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected Point getInitialSize() {
        var screen = getShell().getMonitor().getClientArea();
        return new Point(Math.min(convertWidthInCharsToPixels(WIDTH), screen.width - 40),
                Math.min(convertHeightInCharsToPixels(HEIGHT), screen.height - 40));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        panel = new StatePanel(area, "policyEditor");
        panel.setLayoutData(Ui.fill());
        var body = panel.content();
        body.setLayout(Ui.grid(1));
        var head = new Composite(body, SWT.NONE);
        var layout = Ui.grid(2, 2);
        layout.horizontalSpacing = 10;
        head.setLayout(layout);
        head.setLayoutData(Ui.wide());
        vault = Fields.choice(head, "policyEditor.vault", Messages.editor_vault,
                places.stream().map(VaultPlace::label).toList());
        vault.setEnabled(name == null && places.size() > 1);
        vault.addListener(SWT.Selection, e -> {
            place = places.get(Math.max(0, vault.getSelectionIndex()));
            changed();
            form.previewAgain();
        });
        form.create(body, question -> place.session().api().policies().preview(place.vault(), question));
        message = Ui.id(new Label(body, SWT.WRAP), "policyEditor.message");
        message.setLayoutData(Ui.wide());
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, SAVE, Messages.editor_save, false), "policyEditor.save");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), false), "policyEditor.close");
    }

    @Override
    public int open() {
        create();
        Subscription list = place.session().live().policies().changes().add(l -> Ui.async(panel, this::meanwhile));
        Subscription states = place.session().states().add(session -> Ui.async(panel, this::linked));
        live = () -> {
            list.close();
            states.close();
        };
        if (name == null) {
            panel.showContent();
            show(start, PolicyFile.NOBODY);
        } else {
            load();
        }
        return super.open();
    }

    private void load() {
        String which = Objects.requireNonNull(stored == null ? name : stored.policy().name());
        panel.showLoading(NLS.bind(Messages.editor_loading, which));
        answer(PolicyFile.read(place, which), file -> {
            panel.showContent();
            stored = file;
            show(file.policy(), file.assignments());
        }, thrown -> panel.showError(Failure.of(thrown), this::load));
    }

    private <T> void answer(CompletableFuture<T> future, java.util.function.Consumer<T> good,
            java.util.function.Consumer<Throwable> bad) {
        busy = true;
        update();
        future.whenCompleteAsync((value, thrown) -> {
            busy = false;
            if (panel.isDisposed()) {
                return;
            }
            if (thrown == null) {
                good.accept(value);
            } else {
                bad.accept(thrown);
            }
            update();
        }, Ui.executor(panel.getDisplay()));
    }

    private void show(Policy policy, PolicyAssignments assignments) {
        shown = policy;
        form.show(policy, assignments, stored == null);
        vault.setEnabled(stored == null && places.size() > 1);
        say("", null);
        update();
    }

    private void changed() {
        form.preview(policy());
        say("", null);
        update();
    }

    /** The policy as it is edited. */
    private Policy policy() {
        return form.read(shown);
    }

    private boolean isDirty() {
        PolicyFile file = stored;
        return file == null || !policy().equals(file.policy()) || !form.assignments().equals(file.assignments());
    }

    private void update() {
        Button save = getButton(SAVE);
        if (save == null || save.isDisposed()) {
            return;
        }
        boolean content = panel.state() == StatePanel.State.CONTENT;
        boolean may = PoliciesSources.mayManage(place.session());
        boolean dirty = content && isDirty();
        save.setEnabled(dirty && may && !busy);
        String title = stored == null && name == null ? Messages.editor_new
                : NLS.bind(Messages.editor_title, name == null ? stored.policy().name() : name, place.label());
        getShell().setText(dirty ? "* " + title : title);
        if (!content) {
            return;
        }
        form.showCount(count(), stored != null && may);
        if (message.getText().isEmpty()) {
            form.obstacle(policy()).ifPresentOrElse(o -> say(o.text(), stored == null ? Tone.MUTED : Tone.ERROR),
                    () -> say(may ? ""
                            : place.session().state().isConnected() ? Messages.editor_readOnly
                                    : Messages.editor_offline,
                            Tone.MUTED));
        }
    }

    private String count() {
        PolicyFile file = stored;
        if (file == null) {
            return Messages.assign_unsaved;
        }
        long followers = place.session().live().servers().snapshot().stream()
                .filter(s -> s.vault().equals(place.vault()) && s.state() != ServerState.RETIRED
                        && file.policy().name().equals(s.policy()))
                .count();
        return Texts.bind(Messages.assign_count, words.formats().count(followers));
    }

    private void say(String text, @Nullable Tone tone) {
        message.setForeground(tone == null ? null : tone.on(message));
        if (!message.getText().equals(Ui.plain(text))) {
            message.setText(Ui.plain(text));
            message.requestLayout();
        }
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == SAVE) {
            save();
        } else {
            super.buttonPressed(id);
        }
    }

    private void save() {
        if (!getButton(SAVE).isEnabled()) {
            return;
        }
        var obstacle = form.obstacle(policy());
        if (obstacle.isPresent()) {
            form.turnTo(obstacle.get());
            say(obstacle.get().text(), Tone.ERROR);
            closing = false;
            return;
        }
        store(stored);
    }

    private void store(@Nullable PolicyFile over) {
        Policy policy = policy();
        PolicyAssignments whom = form.assignments();
        say(Messages.editor_saving, Tone.MUTED);
        answer(PolicyFile.store(place, over, policy), file -> {
            stored = file;
            answer(file.assign(place, whom), this::saved, this::failed);
        }, thrown -> {
            if (PolicyFile.isConflict(thrown) && over != null) {
                conflict(policy);
            } else {
                failed(thrown);
            }
        });
    }

    private void saved(PolicyFile file) {
        stored = file;
        show(file.policy(), file.assignments());
        say(NLS.bind(Messages.editor_saved, Long.toString(file.policy().version())), Tone.OK);
        if (getShell().getData(KEY) == null) {
            getShell().setData(KEY, place.session().connection().id() + ' '
                    + new VaultPolicy(place.vault(), file.policy()).key());
        }
        if (closing) {
            super.close();
        }
    }

    private void failed(Throwable thrown) {
        closing = false;
        Failure failure = Failure.of(thrown);
        say(failure.message() + (failure.advice().isEmpty() ? "" : ' ' + failure.advice()), Tone.ERROR);
    }

    private void conflict(Policy mine) {
        say("", null);
        answer(PolicyFile.read(place, mine.name()), theirs -> new ConflictDialog(getShell(), words, mine,
                theirs.policy(), () -> store(theirs), () -> {
                    closing = false;
                    stored = theirs;
                    show(theirs.policy(), theirs.assignments());
                }).open(), this::failed);
    }

    /** The vault server went, or is back. */
    private void linked() {
        if (!busy) {
            say("", null);
            update();
        }
    }

    /** The list of policies has changed: perhaps somebody stored a new version of this one. */
    private void meanwhile() {
        PolicyFile file = stored;
        if (file == null || busy || panel.state() != StatePanel.State.CONTENT) {
            return;
        }
        VaultPolicy now = place.session().live().policies().get(place.vault() + '/' + file.policy().name());
        if (now != null && now.policy().version() > file.policy().version()) {
            if (isDirty()) {
                say(NLS.bind(Messages.editor_meanwhile, Long.toString(now.policy().version())), Tone.WARNING);
            } else {
                load();
            }
        }
    }

    /** The window for that needs services of the workbench, so a command opens it. */
    private void leftOut() {
        Commands.run(PoliciesIds.LEFT_OUT, Map.of(PoliciesIds.LEFT_OUT_CONNECTION, place.session().connection().id(),
                PoliciesIds.LEFT_OUT_VAULT, place.vault(), PoliciesIds.LEFT_OUT_POLICY, Json.text(form.read(shown))));
    }

    private void chooseServers() {
        PolicyFile file = stored;
        if (file != null) {
            new PolicyActions(getShell(), words).assign(
                    new Row<>(place.session(), new VaultPolicy(place.vault(), file.policy())));
        }
    }

    @Override
    protected void handleShellCloseEvent() {
        close();
    }

    @Override
    protected void cancelPressed() {
        close();
    }

    @Override
    public boolean close() {
        if (getShell() == null || getShell().isDisposed() || panel.state() != StatePanel.State.CONTENT
                || !getButton(SAVE).isEnabled() || untouched()) {
            return super.close();
        }
        new UnsavedDialog(getShell(), () -> {
            closing = true;
            save();
        }, super::close).open();
        return false;
    }

    private boolean untouched() {
        return stored == null && policy().equals(start) && form.assignments().equals(PolicyFile.NOBODY);
    }
}
