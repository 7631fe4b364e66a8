package org.holdfast.console.vaults.internal.editor;

import java.time.Clock;
import java.util.List;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorSite;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.part.EditorPart;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.pages.PageEntries;
import org.holdfast.console.ui.pages.PageEntry;
import org.holdfast.console.vaults.VaultsIds;
import org.holdfast.console.vaults.internal.VaultSelection;
import org.holdfast.console.vaults.page.VaultPage;

/** The editor of one vault in the workbench. There is never anything to save: changes are made in dialogs. */
public final class VaultEditor extends EditorPart {
    private VaultEditorView view;
    private VaultSelection selection;
    private IEclipseContext context;

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        if (!(input instanceof VaultInput)) {
            throw new PartInitException("Not a vault: " + input);
        }
        setSite(site);
        setInput(input);
        setPartName(input.getName());
        selection = site.getService(VaultSelection.class);
    }

    @Override
    public void createPartControl(Composite parent) {
        context = getSite().getService(IEclipseContext.class).createChild("vault");
        context.set(Clock.class, Clock.systemUTC());
        List<PageEntry<VaultPage>> pages = PageEntries.read(Platform.getExtensionRegistry(), VaultsIds.PAGES,
                VaultPage.class, PageEntries::load, context);
        view = new VaultEditorView(parent, getSite().getService(VaultConnections.class),
                (VaultInput) getEditorInput(), pages, this::changed);
    }

    private void changed(Row<VaultSummary> row) {
        setPartName(row.value().name());
        setTitleToolTip(row.value().name() + ", " + row.session().connection().name());
    }

    /** What is in it. */
    public VaultEditorView view() {
        return view;
    }

    @Override
    public void setFocus() {
        view.focus();
        Row<VaultSummary> row = view.known();
        if (selection != null && row != null) {
            selection.set(List.of(row));
        }
    }

    @Override
    public void dispose() {
        if (context != null) {
            context.dispose();
        }
        super.dispose();
    }

    @Override
    public boolean isDirty() {
        return false;
    }

    @Override
    public boolean isSaveAsAllowed() {
        return false;
    }

    @Override
    public void doSave(IProgressMonitor monitor) {
        // never dirty
    }

    @Override
    public void doSaveAs() {
        // not allowed
    }
}
