package org.holdfast.console.install.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.agent.install.HostCheck;
import org.holdfast.agent.install.PassphraseKeeper;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.install.internal.run.AcceptedKeys;
import org.holdfast.console.install.internal.pick.HostSource;
import org.holdfast.console.install.internal.run.Draft;
import org.holdfast.console.install.internal.run.HostChecks;
import org.holdfast.console.install.internal.run.Order;
import org.holdfast.console.install.internal.run.Registration;
import org.holdfast.console.install.internal.run.RegistrationJob;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.install.internal.run.SessionVault;
import org.holdfast.console.install.internal.run.VaultAccess;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/**
 * Registers servers over SSH: which hosts, how to sign in, what holds for all of them, where passphrases are kept, and
 * a look at all hosts. What it starts goes on when the wizard is closed.
 */
public final class RegisterWizard extends Wizard {
    private final Registrations registrations;
    private final BiFunction<FleetSession, String, VaultAccess> access;
    private final Consumer<Registration> started;
    private final HostsPage hosts;
    private final SignInPage signIn;
    private final OptionsPage options;
    private final PassphrasesPage passphrases;
    private final CheckPage check;
    private final AcceptedKeys accepted = new AcceptedKeys();
    private @Nullable Order order;
    private @Nullable Draft resumed;
    private boolean starting;

    /**
     * What surrounds the wizard.
     *
     * @param connections the vault servers
     * @param registrations where the new one is added
     * @param environment variables of this process
     * @param remembered what was entered the last time
     * @param access makes the way to a vault
     * @param sources where hosts can be picked from
     * @param keys where passphrases can be kept besides files, or null
     */
    public record Surroundings(VaultConnections connections, Registrations registrations,
            Map<String, String> environment, Remembered remembered,
            BiFunction<FleetSession, String, VaultAccess> access, List<HostSource> sources,
            @Nullable KeyHolder keys) {
        /** Without another place for passphrases. */
        public Surroundings(VaultConnections connections, Registrations registrations,
                Map<String, String> environment, Remembered remembered,
                BiFunction<FleetSession, String, VaultAccess> access, List<HostSource> sources) {
            this(connections, registrations, environment, remembered, access, sources, null);
        }

        /** Those of the workbench. */
        public static Surroundings ofWorkbench(VaultConnections connections, Registrations registrations,
                List<HostSource> sources, @Nullable KeyHolder keys) {
            return new Surroundings(connections, registrations, System.getenv(), Remembered.ofWorkbench(),
                    SessionVault::new, sources, keys);
        }
    }

    /** @param started told the registration that was begun */
    public RegisterWizard(Surroundings around, Consumer<Registration> started) {
        registrations = around.registrations();
        access = around.access();
        this.started = started;
        setWindowTitle(Messages.register_title);
        setNeedsProgressMonitor(false);
        setHelpAvailable(false);
        List<VaultChoice> vaults = VaultChoice.all(around.connections());
        hosts = new HostsPage(registrations.background(), !vaults.isEmpty(),
                new Picking(around.sources(), around.connections(), registrations.background()),
                new Earlier(registrations, this::resume));
        signIn = new SignInPage(registrations.background(), around.environment(), around.remembered());
        options = new OptionsPage(vaults, registrations.background(), around.remembered(), true);
        passphrases = new PassphrasesPage(() -> hosts.hosts(), registrations.clock(), around.remembered(),
                around.keys(), () -> options.choice().vault().name());
        check = new CheckPage(this);
    }

    @Override
    public void addPages() {
        for (IWizardPage page : List.of(hosts, signIn, options, passphrases, check)) {
            addPage(page);
        }
    }

    @Override
    public void createPageControls(Composite container) {
        setDefaultPageImageDescriptor(Icon.VAULT_BANNER.descriptor());
        super.createPageControls(container);
    }

    /** Begins with these hosts, one a line. */
    public void propose(String lines) {
        hosts.propose(lines);
    }

    /** Takes hosts from a file. */
    public void take(Path file) {
        hosts.take(file);
    }

    /** Shows what was entered for a registration that was interrupted, with the hosts that are left. */
    public void resume(Draft draft) {
        resumed = draft;
        signIn.restore(draft);
        options.restore(draft);
        passphrases.restore(draft);
        hosts.set(draft.open());
    }

    /** What was done on hosts counts for the same vault only. */
    private Draft draft() {
        Draft earlier = resumed;
        Draft draft = earlier != null && earlier.get("vault.id", "").equals(options.choice().vault().id()) ? earlier
                : registrations.newDraft();
        signIn.save(draft);
        options.save(draft);
        passphrases.save(draft);
        draft.setHosts(check.found().stream().map(HostCheck::host).toList());
        return draft;
    }

    /** Changes with everything that a look at the hosts depends on. */
    String stamp() {
        return hosts.version() + " " + signIn.version() + " " + options.version();
    }

    /** A new look at the hosts. */
    HostChecks newChecks() {
        forget();
        VaultChoice vault = options.choice();
        order = new Order(access.apply(vault.session(), vault.vault().name()), signIn.access(),
                Objects.requireNonNull(options.agent()), options.options(), options.days());
        return new HostChecks(order, hosts.hosts(), registrations.keys(), accepted, registrations.clock(),
                registrations.background());
    }

    private void forget() {
        if (order != null) {
            order.wipe();
            order = null;
        }
    }

    Path knownHosts() {
        return registrations.keys().file();
    }

    /** Says on the button how many hosts it is about. */
    void ready(int count) {
        if (getContainer() instanceof RegisterDialog dialog) {
            Button finish = dialog.button(IDialogConstants.FINISH_ID);
            if (finish != null && !finish.isDisposed()) {
                String text = count == 0 ? Messages.register_finish
                        : NLS.bind(Messages.register_finishCount, Formats.local().count(count));
                if (!text.equals(finish.getText())) {
                    finish.setText(text);
                    finish.requestLayout();
                }
            }
        }
    }

    @Override
    public boolean canFinish() {
        return !starting && check.isPageComplete() && super.canFinish();
    }

    @Override
    public boolean performFinish() {
        Order mine = order;
        if (!canFinish() || mine == null) {
            return false;
        }
        starting = true;
        getContainer().updateButtons();
        var keeper = passphrases.keeper();
        CompletableFuture.supplyAsync(keeper, registrations.background()).whenComplete((opened, thrown) -> {
            if (getShell() == null || getShell().isDisposed()) {
                closeUnused(opened);
                return;
            }
            Ui.async(getShell(), () -> {
                if (thrown == null) {
                    begin(mine, opened);
                } else {
                    refuse(Failure.of(thrown));
                }
            });
        });
        return false;
    }

    private static void closeUnused(@Nullable PassphraseKeeper opened) {
        if (opened != null) {
            opened.close();
        }
    }

    private void refuse(Failure failure) {
        starting = false;
        getContainer().showPage(passphrases);
        passphrases.setErrorMessage(failure.message() + (failure.advice().isEmpty() ? "" : ' ' + failure.advice()));
        getContainer().updateButtons();
    }

    private void begin(Order mine, PassphraseKeeper keeper) {
        order = null;
        signIn.remember();
        options.remember();
        passphrases.remember();
        check.stop();
        Draft draft = draft();
        var registration = new Registration(mine, check.found(), new Registration.Parts(registrations.keys(),
                check.accepted(), keeper, passphrases.sealed(), draft.state(), registrations.clock(),
                registrations.background()));
        registrations.add(registration, draft);
        List<String> due = registration.waiting();
        new RegistrationJob(NLS.bind(Messages.register_job, Formats.local().count(due.size()), registration.vault()),
                registration, due).schedule();
        starting = false; // or the window would stay
        ((WizardDialog) getContainer()).close();
        started.accept(registration);
    }

    @Override
    public boolean performCancel() {
        return !starting;
    }

    @Override
    public void dispose() {
        check.stop();
        forget();
        super.dispose();
    }
}
