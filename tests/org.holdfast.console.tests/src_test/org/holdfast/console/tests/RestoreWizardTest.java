package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.recovery.internal.restore.RestoreWizard;
import org.holdfast.console.testkit.FakeVault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The restore wizard from its first page to the result. */
class RestoreWizardTest {
    private static final RawPath TARGET = RawPath.of("/tmp/holdfast-restored");

    private final Recovery r = new Recovery();
    private RestoreWizard wizard;
    private WizardDialog dialog;

    @BeforeEach
    void open() {
        r.connected();
        wizard = new RestoreWizard(r.session.connection(), r.session.ui(),
                List.of(new Basket.Item(r.newer.summary(), r.entry("/srv/shares/report.ods")),
                        new Basket.Item(r.newer.summary(), r.entry("/srv/shares/2026")),
                        new Basket.Item(r.older.summary(), null)));
        dialog = new WizardDialog(r.screen.shell(), wizard) {
            @Override
            protected void createButtonsForButtonBar(Composite parent) {
                super.createButtonsForButtonBar(parent);
                getButton(IDialogConstants.NEXT_ID).setData("next", Boolean.TRUE);
            }
        };
        dialog.setBlockOnOpen(false);
        dialog.open();
        r.screen.settle();
    }

    @AfterEach
    void close() {
        r.close();
    }

    private <T extends Control> T find(String id, Class<T> type) {
        return Screen.find(dialog.getShell(), id, type);
    }

    private void next() {
        dialog.showPage(wizard.getNextPage(dialog.getCurrentPage()));
        r.screen.settle();
    }

    private String page() {
        return dialog.getCurrentPage().getName();
    }

    private Shell finish() {
        assertTrue(wizard.canFinish());
        assertTrue(wizard.performFinish());
        Shell result = wizard.dialog().getShell();
        dialog.close();
        return result;
    }

    private static String text(Shell shell, String id) {
        return Screen.find(shell, id, Label.class).getText();
    }

    @Test
    void asksWhatWhereAndHowShowsWhatItWouldDoAndDoesIt() {
        assertEquals("what", page());
        assertEquals("3 of 3 chosen", text(dialog.getShell(), "what.summary"));
        assertFalse(wizard.canFinish(), "it is not known where to");
        next();
        Screen.type(find("where.path", Text.class), TARGET.toString());
        assertTrue(wizard.canFinish());
        next();
        Screen.click(find("conflicts.SKIP", Button.class));
        Screen.click(find("conflicts.owners", Button.class));
        next();
        assertEquals("check", page());
        r.screen.until("the dry run is done", () -> Screen.shows(dialog.getShell(), "report.numbers"));
        assertEquals(2, r.vault.restores().size());
        assertTrue(r.vault.restores().stream().allMatch(RestoreRequest::dryRun));

        Shell result = finish();
        r.screen.until("done", () -> text(result, "restore.title").equals("The restore is done"));
        List<RestoreRequest> real = r.vault.restores().stream().filter(q -> !q.dryRun()).toList();
        assertEquals(List.of(
                new RestoreRequest(r.newer.summary().id(),
                        List.of(RawPath.of("/srv/shares/report.ods"), RawPath.of("/srv/shares/2026")), TARGET,
                        IfExists.SKIP, false, true, false),
                new RestoreRequest(r.older.summary().id(), List.of(), TARGET, IfExists.SKIP, false, true, false)),
                real);
        assertEquals("Restored to " + TARGET, text(result, "restore.explanation"));
        assertTrue(Screen.shows(result, "restore.openFolder"));
        Screen.click(Screen.find(result, "restore.close", Button.class));
        assertTrue(result.isDisposed());
    }

    @Test
    void itemsCanBeLeftOut() {
        Table table = find("what.table", Table.class);
        table.getItem(0).setChecked(false);
        table.getItem(2).setChecked(false);
        table.notifyListeners(org.eclipse.swt.SWT.Selection, new Event());
        assertEquals("1 of 3 chosen", text(dialog.getShell(), "what.summary"));
        table.getItem(1).setChecked(false);
        table.notifyListeners(org.eclipse.swt.SWT.Selection, new Event());
        assertEquals("Choose at least one item.", dialog.getCurrentPage().getErrorMessage());
        assertFalse(dialog.getCurrentPage().isPageComplete());
    }

    @Test
    void theTargetHasToBeAFullPath() {
        next();
        assertNull(dialog.getCurrentPage().getErrorMessage(), "an empty page is no error");
        Screen.type(find("where.path", Text.class), "relative/path");
        assertEquals("Give the folder with its full path.", dialog.getCurrentPage().getErrorMessage());
        Screen.type(find("where.path", Text.class), "/up/../../there");
        assertFalse(dialog.getCurrentPage().isPageComplete());
        Screen.click(find("where.original", Button.class));
        assertTrue(dialog.getCurrentPage().isPageComplete());
        assertFalse(find("where.path", Text.class).isEnabled());
        next();
        Screen.click(find("conflicts.OVERWRITE", Button.class));
        assertEquals(IMessageProvider.WARNING, ((IMessageProvider) dialog.getCurrentPage()).getMessageType());
        finish();
        r.screen.until("both asked", () -> r.vault.restores().size() == 2);
        assertNull(r.vault.restores().getFirst().target());
        assertEquals(IfExists.OVERWRITE, r.vault.restores().getFirst().ifExists());
    }

    @Test
    void progressIsShownAndACancelStopsTheVault() {
        next();
        Screen.type(find("where.path", Text.class), TARGET.toString());
        r.vault.restoring.shut();
        Shell result = finish();
        r.screen.until("progress is shown", () -> text(result, "restore.phase").equals("Writing files"));
        assertTrue(text(result, "restore.amount").contains("3 files"));
        assertEquals(1, r.vault.restoring.waiting());
        Screen.click(Screen.find(result, "restore.cancel", Button.class));
        r.screen.until("stopped", () -> text(result, "restore.title").equals("The restore was stopped"));
        assertEquals(0, r.vault.restoring.waiting());
        assertEquals(1, r.vault.restores().size(), "the second point was not begun");
    }

    @Test
    void aRestoreGoesOnInTheBackgroundAndComesBackWithItsResult() {
        next();
        Screen.type(find("where.path", Text.class), TARGET.toString());
        r.vault.restoring.shut();
        Shell progress = finish();
        r.screen.until("it runs", () -> r.vault.restoring.waiting() == 1);
        Screen.click(Screen.find(progress, "restore.hide", Button.class));
        assertTrue(progress.isDisposed());
        var warning = new Warning(RawPath.of("/srv/shares/report.ods"), Problem.METADATA_NOT_RESTORED,
                "No right to set the owner.");
        r.vault.restoresGive(
                q -> new RestoreResult(TARGET, 12, 3, 34_567_890, 0, 0, 0, 0, List.of(warning)));
        r.vault.restoring.open();
        Shell result = r.screen.dialog("restore");
        assertEquals("The restore is done, with warnings", text(result, "restore.title"));
        Table warnings = Screen.find(result, "report.warnings", Table.class);
        r.screen.until("warnings are listed", () -> warnings.getItemCount() == 2);
        assertEquals("/srv/shares/report.ods", warnings.getItem(0).getText(0));
        assertEquals("Some properties were not restored", warnings.getItem(0).getText(1));
        Screen.click(Screen.find(result, "report.copy", Button.class));
    }

    @Test
    void aFailureIsExplained() {
        next();
        Screen.type(find("where.path", Text.class), TARGET.toString());
        r.vault.restoresGive(q -> {
            throw new HoldfastException(Problem.STORE_FULL, "No space left on device.", "Make room and go on.");
        });
        Shell result = finish();
        r.screen.until("failed", () -> text(result, "restore.title").equals("The restore failed"));
        assertEquals("There is no room left: No space left on device.\nMake room and go on.",
                text(result, "restore.explanation"));
        assertTrue(Screen.shows(result, "restore.details"));
        assertFalse(Screen.shows(result, "restore.openFolder"));
    }

    @Test
    void aFailedCheckCanBeRetriedAndLeavingThePageStopsIt() {
        next();
        Screen.type(find("where.path", Text.class), TARGET.toString());
        next();
        r.vault.restoresGive(q -> {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Not allowed.", "");
        });
        next();
        r.screen.until("failed", () -> Screen.shows(dialog.getShell(), "state.retry"));
        r.vault.restoresGive(FakeVault::usual);
        r.vault.restoring.shut();
        Screen.click(find("state.retry", Button.class));
        r.screen.until("it runs", () -> r.vault.restoring.waiting() == 1);
        dialog.showPage(wizard.getPreviousPage(dialog.getCurrentPage()));
        r.screen.until("it stopped", () -> r.vault.restoring.waiting() == 0);
        assertNotNull(dialog.getShell());
    }
}
