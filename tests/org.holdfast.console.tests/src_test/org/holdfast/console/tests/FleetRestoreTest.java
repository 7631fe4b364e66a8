package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.console.client.recover.AgentFolders;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.policies.internal.LeftOutDialog;
import org.holdfast.console.recovery.internal.restore.RestoreWizard;
import org.holdfast.console.recovery.internal.restore.ServerFolderDialog;
import org.holdfast.console.ui.Buttons;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The restore wizard for servers of a vault node: real agents write the files. */
class FleetRestoreTest {
    @TempDir
    static Path folder;
    private static FleetRecovery r;
    private static RealAgent alpha;
    private static RealAgent beta;
    private static ServerSummary alphaServer;
    private static ServerSummary betaServer;

    private RestoreWizard wizard;
    private WizardDialog dialog;

    @BeforeAll
    static void backUp() throws Exception {
        r = new FleetRecovery(folder);
        alpha = new RealAgent(r.fleet, folder.resolve("alpha"));
        alphaServer = r.named("alpha");
        beta = new RealAgent(r.fleet, folder.resolve("beta"));
        betaServer = r.named("beta");
        Files.createDirectories(alpha.data().resolve("shares"));
        Files.writeString(alpha.data().resolve("shares/letter.txt"), "Dear Berta");
        Files.writeString(alpha.data().resolve("other.txt"), "not wanted");
        byte[] noise = new byte[9 << 20];
        new Random(7).nextBytes(noise);
        Files.write(alpha.data().resolve("noise"), noise);
        r.backUp(alphaServer, alpha.data());
        r.screen.open();
        r.session.show(r.vaults.openServer(new ServerPlace(r.vaultServer, alphaServer),
                RealAgent.PASSPHRASE.toCharArray()).join());
        r.screen.until("points are there", () -> r.session.points().size() == 1);
    }

    @AfterAll
    static void close() {
        if (beta != null) {
            beta.close();
        }
        if (alpha != null) {
            alpha.close();
        }
        r.close();
    }

    @BeforeEach
    void open() {
        var point = r.session.points().getFirst();
        Entry shares = Objects.requireNonNull(r.session.connection())
                .entry(point.id(), RawPath.of(alpha.data().resolve("shares").toString())).join();
        wizard = new RestoreWizard(r.session.connection(), r.session.ui(), List.of(new Basket.Item(point, shares)),
                r.vaults, (shell, source) -> new ServerPlace(r.vaultServer, betaServer));
        dialog = new WizardDialog(r.screen.shell(), wizard) {
            @Override
            protected void createButtonsForButtonBar(Composite parent) {
                super.createButtonsForButtonBar(parent);
                Buttons.name(this::getButton);
            }
        };
        dialog.setBlockOnOpen(false);
        dialog.open();
        r.screen.settle();
        press(IDialogConstants.NEXT_ID);
    }

    @AfterEach
    void closeDialog() {
        if (dialog.getShell() != null) {
            dialog.close();
        }
        if (wizard.agents() != null) {
            wizard.agents().close();
        }
    }

    private void press(int id) {
        for (Composite at : List.of(dialog.getShell())) {
            for (var control : Screen.all(at)) {
                if (control instanceof Button b && Objects.equals(b.getData(), id)) {
                    Screen.click(b);
                    r.screen.settle();
                    return;
                }
            }
        }
        throw new AssertionError("no button " + id);
    }

    private <T extends org.eclipse.swt.widgets.Control> T find(String id, Class<T> type) {
        return Screen.find(dialog.getShell(), id, type);
    }

    private String message() {
        var page = Objects.requireNonNull(dialog.getCurrentPage());
        return page.getErrorMessage() != null ? page.getErrorMessage() : String.valueOf(page.getMessage());
    }

    private void accessible() {
        var page = (Composite) dialog.getCurrentPage().getControl();
        assertEquals(List.of(), AccessibilityTest.nameless(page));
        assertEquals(List.of(), AccessibilityTest.clashes(page));
        assertEquals(List.of(), AccessibilityTest.cut(page));
    }

    private JobSummary restored() {
        Shell agents = r.screen.dialog("agents");
        Table table = Screen.find(agents, "agents.table", Table.class);
        r.screen.until("the job has ended", () -> table.getItem(0).getText(0).equals("done")
                || table.getItem(0).getText(0).equals("failed"));
        r.screen.picture(agents, "fleet-restore-agents");
        List<JobSummary> jobs = r.vaultServer.live().jobs().snapshot().stream()
                .filter(j -> j.kind() == JobKind.RESTORE)
                .sorted(java.util.Comparator.comparing(JobSummary::created).reversed()).toList();
        assertEquals(JobState.DONE, jobs.getFirst().state(), jobs.getFirst().toString());
        return jobs.getFirst();
    }

    @Test
    void theServerItselfRestoresToAnotherFolder() throws Exception {
        assertTrue(find("where.sourceServer", Button.class).getSelection(), "the server it came from is proposed");
        assertFalse(find("where.passphrase", Text.class).isEnabled());
        Screen.type(find("where.path", Text.class), alpha.data().resolveSibling("back").toString());
        r.screen.picture(dialog.getShell(), "fleet-restore-where");
        accessible();
        press(IDialogConstants.NEXT_ID);
        assertTrue(find("conflicts.metadata", Button.class).isVisible());
        assertFalse(find("conflicts.owners", Button.class).isVisible());
        r.screen.picture(dialog.getShell(), "fleet-restore-conflicts");
        accessible();
        press(IDialogConstants.NEXT_ID);
        r.screen.until("it is checked", () -> find("check.estimate", Label.class).getText().startsWith("About"));
        assertTrue(Screen.all(find("report.numbers", Composite.class)).stream().anyMatch(c -> c instanceof Label l
                && l.getText().equals("1 (10 B)")));
        r.screen.picture(dialog.getShell(), "fleet-restore-check");
        press(IDialogConstants.FINISH_ID);
        JobSummary job = restored();
        assertEquals(alphaServer.id(), job.serverId());
        assertEquals("admin", job.requestedBy());
        assertEquals("Dear Berta",
                Files.readString(alpha.data().resolveSibling("back").resolve("data/shares/letter.txt")));
        assertFalse(Files.exists(alpha.data().resolveSibling("back").resolve("other.txt")));
        assertEquals("alpha has restored", Screen.find(r.screen.dialog("agents"), "agents.title", Label.class)
                .getText());
    }

    @Test
    void anotherServerTriesItFirst() throws Exception {
        Path to = beta.data().resolveSibling("tried");
        Files.createDirectories(to.resolve("data/shares"));
        Files.writeString(to.resolve("data/shares/letter.txt"), "of somebody else");
        Screen.click(find("where.otherServer", Button.class));
        Screen.click(find("where.choose", Button.class));
        assertFalse(find("where.browse", Button.class).isEnabled(), "nobody may ask without the passphrase");
        Screen.type(find("where.passphrase", Text.class), RealAgent.PASSPHRASE);
        assertTrue(find("where.browse", Button.class).isEnabled());
        Screen.type(find("where.path", Text.class), to.toString());
        press(IDialogConstants.NEXT_ID);
        Screen.click(find("conflicts.OVERWRITE", Button.class));
        press(IDialogConstants.NEXT_ID);
        r.screen.until("the agent has tried it", () -> find("check.estimate", Label.class).getText()
                .contains("beta has "));
        assertTrue(numbers().contains("Existing files replaced:"), numbers().toString());
        assertEquals("of somebody else", Files.readString(to.resolve("data/shares/letter.txt")), "only tried");
        r.screen.picture(dialog.getShell(), "fleet-restore-tried");
        accessible();
    }

    private List<String> numbers() {
        return Screen.all(find("report.numbers", Composite.class)).stream().filter(Label.class::isInstance)
                .map(c -> ((Label) c).getText()).toList();
    }

    @Test
    void whatAPolicyLeavesOutIsToldByTheAgentOfTheServer() throws Exception {
        Path data = folder.resolve("tried");
        Files.createDirectories(data.resolve("tmp/deep"));
        Files.writeString(data.resolve("tmp/deep/a.txt"), "a");
        Files.writeString(data.resolve("b.iso"), "b");
        Policy standard = Policy.standard("tried").withItems(List.of(data.toString()));
        Policy policy = new Policy(standard.name(), 0, "", standard.items(),
                new Exclusions(List.of("*.iso", "tmp"), -1, false, List.of(), false), standard.plan(),
                standard.retention(), standard.bandwidth(), null, null, 0, standard.changeDetection(), false, 0, null);
        r.screen.until("in contact", () -> r.vaultServer.live().servers().get(betaServer.id()).connected());
        new LeftOutDialog(dialog.getShell(), r.vaults, r.vaultServer, betaServer.vault(), policy).open();
        Shell shell = r.screen.dialog("leftOut");
        Table servers = Screen.find(shell, "leftOut.servers", Table.class);
        Screen.select(servers, Screen.rows(servers).indexOf(betaServer.name()));
        Button look = Screen.find(shell, "leftOut.look", Button.class);
        assertFalse(look.isEnabled(), "nobody may ask without the passphrase");
        Screen.type(Screen.find(shell, "leftOut.passphrase", Text.class), "not the passphrase");
        Screen.click(look);
        r.screen.until("refused", look::isEnabled);
        Screen.type(Screen.find(shell, "leftOut.passphrase", Text.class), RealAgent.PASSPHRASE);
        Screen.click(look);
        Table results = Screen.find(shell, "leftOut.results", Table.class);
        r.screen.until("told", () -> results.getItemCount() == 2);
        assertEquals("1 file and 1 folder with all they hold are left out.",
                Screen.find(shell, "leftOut.count", Label.class).getText());
        assertTrue(Screen.rows(results).contains(data.resolve("b.iso").toString()));
        r.screen.picture(shell, "policy-left-out");
        assertEquals(List.of(), AccessibilityTest.nameless(shell));
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
        shell.close();
    }

    @Test
    void foldersOfAnotherServerAreListedByItsAgent() throws Exception {
        Files.createDirectories(beta.data().resolve("deep/er"));
        Files.writeString(beta.data().resolve("file.txt"), "no folder");
        var place = new ServerPlace(r.vaultServer, betaServer);
        var folders = new AgentFolders(r.vaults, r.session.connection(), place, RealAgent.PASSPHRASE.toCharArray());
        var chooser = new ServerFolderDialog(dialog.getShell(), "beta", folders, r.session.ui(),
                beta.data().resolve("deep").toString());
        chooser.setBlockOnOpen(false);
        chooser.open();
        Shell shell = r.screen.dialog("folders");
        Tree tree = Screen.find(shell, "folders.tree", Tree.class);
        r.screen.until("it goes to the folder that was typed", () -> tree.getSelectionCount() == 1
                && tree.getSelection()[0].getText().equals("deep"));
        assertEquals(List.of("deep"), java.util.Arrays.stream(tree.getSelection()[0].getParentItem().getItems())
                .map(TreeItem::getText).toList(), "folders only");
        r.screen.picture(shell, "fleet-restore-folders");
        assertEquals(List.of(), AccessibilityTest.nameless(shell));
        assertEquals(List.of(), AccessibilityTest.clashes(shell));
        Screen.click(Screen.find(shell, "folders.ok", Button.class));
        assertEquals(beta.data().resolve("deep").toString(), chooser.chosen().toString());
        var audit = r.vaultServer.api().audit().list(ListQuery.all()).join().items();
        assertTrue(audit.stream().anyMatch(a -> a.action().equals("ask-server")
                && a.target().contains(betaServer.id())), audit::toString);
    }

    @Test
    void anotherServerRestoresWithItsOwnPassphrase() throws Exception {
        Screen.click(find("where.otherServer", Button.class));
        Screen.type(find("where.path", Text.class), beta.data().resolveSibling("from-alpha").toString());
        assertFalse(dialog.getCurrentPage().isPageComplete(), "no server is chosen");
        Screen.click(find("where.choose", Button.class));
        assertTrue(find("where.serverName", Text.class).getText().startsWith("beta"));
        assertFalse(dialog.getCurrentPage().isPageComplete(), "there is no passphrase");
        Screen.type(find("where.passphrase", Text.class), "not the passphrase of it");
        assertTrue(dialog.getCurrentPage().isPageComplete());
        r.screen.picture(dialog.getShell(), "fleet-restore-other");
        press(IDialogConstants.FINISH_ID);
        assertNull(wizard.agents(), "a wrong passphrase starts nothing");
        assertTrue(message().contains("does not open the data of beta"), message());
        r.screen.picture(dialog.getShell(), "fleet-restore-wrong");

        Screen.type(find("where.passphrase", Text.class), RealAgent.PASSPHRASE);
        press(IDialogConstants.FINISH_ID);
        assertNotNull(wizard.agents());
        JobSummary job = restored();
        assertEquals(betaServer.id(), job.serverId());
        assertEquals(alphaServer.id(), job.sourceServer());
        assertEquals("Dear Berta",
                Files.readString(beta.data().resolveSibling("from-alpha").resolve("data/shares/letter.txt")));
    }

    @Test
    void thisComputerCanRestoreAsWell() throws Exception {
        Screen.click(find("where.thisComputer", Button.class));
        Screen.type(find("where.path", Text.class), folder.resolve("here").toString());
        press(IDialogConstants.FINISH_ID);
        assertNull(wizard.agents());
        Shell shell = r.screen.dialog("restore");
        r.screen.until("it is done", () -> Screen.find(shell, "restore.title", Label.class).getText()
                .equals("The restore is done"));
        assertEquals("Dear Berta", Files.readString(folder.resolve("here/data/shares/letter.txt")));
        shell.close();
    }
}
