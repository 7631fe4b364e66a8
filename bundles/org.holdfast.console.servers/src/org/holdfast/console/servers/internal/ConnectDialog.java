package org.holdfast.console.servers.internal;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.client.RemoteException;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.EntraSession;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.SavedConnection;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Problems;
import org.holdfast.console.ui.StepJob;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.EntraOffer;
import org.holdfast.protocol.people.LoginAnswer;

/**
 * Adds a vault server in steps: its address, its fingerprint to compare, the sign-in, and a new password when the first
 * one was a one-time secret. Everything that waits runs in a job that can be cancelled; a failure keeps what was typed.
 * For a vault server that is known it begins with the sign-in.
 */
public final class ConnectDialog extends TitleAreaDialog {
    /** Length that the vault asks for. */
    private static final int SHORTEST_PASSWORD = 12;

    private enum Step {
        ADDRESS, COMPARE, SIGN_IN, ENTRA, NEW_PASSWORD
    }

    private final VaultConnections connections;
    private final FleetSession known;
    private final Consumer<String> browser;
    private final StackLayout stack = new StackLayout();
    private LocalResourceManager resources;
    private Executor ui;
    private Step step;
    private Composite pages;
    private Composite addressPage;
    private Composite comparePage;
    private Composite signInPage;
    private Composite passwordPage;
    private Composite entraPage;
    private EntraPage entra;
    private Composite entraWays;
    private EntraOffer offer;
    private Text address;
    private Text name;
    private Text fingerprint;
    private Button same;
    private Text user;
    private Text password;
    private Button keep;
    private Text newPassword;
    private Text repeated;
    private ProgressBar progress;
    private StepJob<?> job;
    private String pin = "";
    private LoginAnswer first;
    private char[] secret = new char[0];

    /** @param known vault server to sign in to again, null to add one */
    public ConnectDialog(Shell parent, VaultConnections connections, FleetSession known) {
        this(parent, connections, known, Program::launch);
    }

    /** @param browser shows a page in a browser */
    public ConnectDialog(Shell parent, VaultConnections connections, FleetSession known, Consumer<String> browser) {
        super(parent);
        this.browser = browser;
        this.connections = connections;
        this.known = known;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(known == null ? Messages.connect_title : Messages.connect_signInTitle);
        Ui.id(shell, "connect");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        resources = new LocalResourceManager(JFaceResources.getResources(), parent);
        ui = Ui.executor(parent.getDisplay());
        setTitleImage(resources.create(Icon.VAULT_BANNER.descriptor()));
        var area = (Composite) super.createDialogArea(parent);
        pages = new Composite(area, SWT.NONE);
        pages.setLayout(stack);
        stack.marginWidth = 12;
        stack.marginHeight = 12;
        pages.setLayoutData(Ui.fill());
        addressPage = addressPage();
        comparePage = comparePage();
        signInPage = signInPage();
        passwordPage = passwordPage();
        entraPage = page();
        entra = new EntraPage(entraPage, browser, ui);
        progress = Ui.id(new ProgressBar(area, SWT.INDETERMINATE), "connect.progress");
        progress.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        progress.setVisible(false);
        SavedConnection saved = known == null ? null : known.connection();
        if (saved != null) {
            address.setText(saved.address());
            name.setText(saved.name());
            user.setText(saved.user());
            pin = saved.fingerprint();
        }
        show(known == null ? Step.ADDRESS : Step.SIGN_IN);
        return area;
    }

    private Composite page() {
        var page = new Composite(pages, SWT.NONE);
        page.setLayout(Ui.grid(2));
        return page;
    }

    private Text field(Composite page, String id, String label, int style) {
        Ui.label(page, label);
        var text = Ui.name(Ui.id(new Text(page, SWT.BORDER | style), id), label.replace("&", ""));
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(50);
        text.setLayoutData(wide);
        text.addListener(SWT.Modify, e -> update());
        return text;
    }

    private static Label note(Composite page, String text) {
        var note = new Label(page, SWT.WRAP);
        note.setText(Ui.plain(text));
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.widthHint = Ui.chars(note, 66);
        note.setLayoutData(data);
        return note;
    }

    private Button check(Composite page, String id, String text) {
        var box = Ui.id(new Button(page, SWT.CHECK), id);
        box.setText(text);
        box.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        box.addListener(SWT.Selection, e -> update());
        return box;
    }

    private Composite addressPage() {
        Composite page = page();
        address = field(page, "connect.address", Messages.connect_address, SWT.NONE);
        address.setMessage(Messages.connect_addressHint);
        name = field(page, "connect.name", Messages.connect_name, SWT.NONE);
        name.setMessage(Messages.connect_nameHint);
        return page;
    }

    private Composite comparePage() {
        Composite page = page();
        note(page, Messages.connect_compareText);
        fingerprint = Ui.name(
                Ui.id(new Text(page, SWT.BORDER | SWT.MULTI | SWT.READ_ONLY | SWT.WRAP), "connect.fingerprint"),
                Messages.connect_fingerprint);
        fingerprint.setFont(resources.create(FontDescriptor.createFrom(JFaceResources.getTextFont())));
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.heightHint = fingerprint.getLineHeight() * 4;
        fingerprint.setLayoutData(data);
        same = check(page, "connect.same", Messages.connect_same);
        return page;
    }

    private Composite signInPage() {
        Composite page = page();
        user = field(page, "connect.user", Messages.connect_user, SWT.NONE);
        user.setText("admin");
        password = field(page, "connect.password", Messages.connect_password, SWT.PASSWORD);
        keep = check(page, "connect.keep", Messages.connect_keep);
        keep.setSelection(true);
        note(page, Messages.connect_keepText);
        entraWays = new Composite(page, SWT.NONE);
        entraWays.setLayout(Ui.grid(2, 0));
        entraWays.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        Ui.button(entraWays, "connect.entra", Messages.entra_signIn, () -> signInWithEntra(false));
        Ui.button(entraWays, "connect.entraCode", Messages.entra_withCode, () -> signInWithEntra(true));
        entraWays.setVisible(false);
        return page;
    }

    /** Asks in which ways this vault server lets people in; until the answer is there, a password does. */
    private void askForWays() {
        offer = null;
        entraWays.setVisible(false);
        String asked = where();
        connections.methods(asked, pin).whenCompleteAsync((ways, thrown) -> {
            if (ways != null && ways.entra() != null && !entraWays.isDisposed() && asked.equals(where())) {
                offer = ways.entra();
                entraWays.setVisible(true);
                if (!ways.password()) {
                    setMessage(Messages.entra_only);
                }
            }
        }, ui);
    }

    private void signInWithEntra(boolean byCode) {
        show(Step.ENTRA);
        work(Messages.connect_signingIn, entra.begin(connections, where(), pin, offer, byCode), (by, failure) -> {
            if (failure != null) {
                show(Step.SIGN_IN);
                error(failure, entraWays);
            } else {
                done(by);
            }
        });
    }

    private Composite passwordPage() {
        Composite page = page();
        note(page, NLS.bind(Messages.connect_newPasswordText, SHORTEST_PASSWORD));
        newPassword = field(page, "connect.newPassword", Messages.connect_newPassword, SWT.PASSWORD);
        repeated = field(page, "connect.repeated", Messages.connect_repeated, SWT.PASSWORD);
        return page;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.BACK_ID, "", false), "connect.back");
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.connect_continue, true), "connect.next");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "connect.cancel");
        Buttons.name(this::getButton);
        update();
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == IDialogConstants.BACK_ID) {
            if (step == Step.ENTRA && job != null) {
                entra.cancel();
                job.cancel();
                job = null;
                setBusy(false);
            }
            show(step == Step.NEW_PASSWORD || step == Step.ENTRA ? Step.SIGN_IN
                    : step == Step.SIGN_IN ? Step.COMPARE : Step.ADDRESS);
        } else {
            super.buttonPressed(id);
        }
    }

    private void show(Step next) {
        step = next;
        Control focus = switch (next) {
            case ADDRESS -> page(addressPage, Messages.connect_addressHeading, Messages.connect_addressPrompt, address);
            case COMPARE -> page(comparePage, Messages.connect_compareHeading, Messages.connect_comparePrompt, same);
            case SIGN_IN -> page(signInPage, NLS.bind(Messages.connect_signInHeading, where()),
                    Messages.connect_signInPrompt, user.getText().isEmpty() ? user : password);
            case ENTRA -> page(entraPage, NLS.bind(Messages.connect_signInHeading, where()), Messages.entra_prompt,
                    entra.focus());
            case NEW_PASSWORD -> page(passwordPage, Messages.connect_passwordHeading, Messages.connect_passwordPrompt,
                    newPassword);
        };
        pages.layout();
        if (next == Step.SIGN_IN && offer == null) {
            askForWays();
        }
        update();
        Ui.async(focus, focus::setFocus);
    }

    private Control page(Composite page, String heading, String prompt, Control focus) {
        setTitle(heading);
        setErrorMessage(null);
        setMessage(prompt);
        stack.topControl = page;
        return focus;
    }

    private String where() {
        return address.getText().strip();
    }

    private void update() {
        Button next = getButton(IDialogConstants.OK_ID);
        if (next == null) {
            return;
        }
        boolean ready = switch (step) {
            case ADDRESS -> !where().isEmpty();
            case COMPARE -> same.getSelection();
            case ENTRA -> false;
            case SIGN_IN -> !user.getText().isBlank() && password.getCharCount() > 0;
            case NEW_PASSWORD -> newPassword.getCharCount() >= SHORTEST_PASSWORD
                    && newPassword.getText().equals(repeated.getText());
        };
        next.setEnabled(job == null && ready);
        next.setText(step == Step.SIGN_IN || step == Step.NEW_PASSWORD ? Messages.connect_signIn
                : Messages.connect_continue);
        getButton(IDialogConstants.BACK_ID)
                .setEnabled((job == null || step == Step.ENTRA) && step != Step.ADDRESS
                        && !(known != null && step == Step.SIGN_IN));
        if (step == Step.NEW_PASSWORD && repeated.getCharCount() > 0
                && !newPassword.getText().startsWith(repeated.getText())) {
            setMessage(Messages.connect_different, IMessageProvider.WARNING);
        } else if (step == Step.NEW_PASSWORD) {
            setMessage(Messages.connect_passwordPrompt);
        }
    }

    @Override
    protected void okPressed() {
        switch (step) {
            case ADDRESS -> work(Messages.connect_looking, connections.look(where()), (print, failure) -> {
                if (failure == null) {
                    pin = print;
                    fingerprint.setText(VaultConnections.inPairs(print));
                    same.setSelection(false);
                    show(Step.COMPARE);
                } else {
                    error(failure, address);
                }
            });
            case COMPARE -> {
                offer = null;
                show(Step.SIGN_IN);
            }
            case SIGN_IN -> signIn();
            case ENTRA -> {
                // Goes on in the browser.
            }
            case NEW_PASSWORD -> work(Messages.connect_changing,
                    connections.changePassword(where(), pin, first, secret.clone(), newPassword.getTextChars()),
                    (login, failure) -> {
                        if (failure == null) {
                            done(login);
                        } else {
                            error(failure, newPassword);
                        }
                    });
        }
    }

    private void signIn() {
        wipe();
        secret = password.getTextChars();
        work(Messages.connect_signingIn, connections.login(where(), pin, user.getText().strip(), secret.clone()),
                (login, failure) -> {
                    if (failure != null) {
                        error(failure, password);
                        password.selectAll();
                    } else if (login.mustChange()) {
                        first = login;
                        show(Step.NEW_PASSWORD);
                    } else {
                        done(login);
                    }
                });
    }

    private void done(LoginAnswer login) {
        done(new EntraSession(login, null));
    }

    private void done(EntraSession by) {
        if (known == null) {
            connections.add(name.getText().strip(), where(), pin, by, keep.getSelection());
        } else {
            connections.signIn(known, by, keep.getSelection());
        }
        super.okPressed();
    }

    private <T> void work(String what, CompletableFuture<T> question, BiConsumer<T, Throwable> then) {
        var mine = new StepJob<>(NLS.bind(what, where()), question);
        job = mine;
        setMessage(NLS.bind(what, where()));
        setBusy(true);
        mine.answer().whenCompleteAsync((value, thrown) -> {
            if (mine == job && getShell() != null && !getShell().isDisposed()) {
                job = null;
                setBusy(false);
                then.accept(value, thrown);
                update();
            }
        }, ui);
        mine.schedule();
    }

    private void error(Throwable thrown, Control focus) {
        Failure failure = Failure.of(thrown);
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        // What the vault itself says about a sign-in is plain enough without a title.
        boolean plain = cause instanceof RemoteException;
        setMessage((plain ? "" : Problems.title(failure.problem()) + ": ") + failure.message()
                + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()), IMessageProvider.ERROR);
        focus.setFocus();
    }

    private void setBusy(boolean busy) {
        progress.setVisible(busy);
        for (Control control : List.of(address, name, same, user, password, keep, newPassword, repeated)) {
            control.setEnabled(!busy);
        }
        update();
    }

    private void wipe() {
        Arrays.fill(secret, '\0');
    }

    @Override
    public boolean close() {
        if (job != null) {
            job.cancel();
        }
        entra.cancel();
        wipe();
        return super.close();
    }
}
