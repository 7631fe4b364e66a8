package org.holdfast.console.servers.internal.editor;

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
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.model.Row;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.servers.internal.ServerSelection;
import org.holdfast.console.servers.internal.ServerWords;
import org.holdfast.console.servers.page.ServerPage;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.pages.PageEntries;
import org.holdfast.console.ui.pages.PageEntry;

/** The editor of one server in the workbench. There is never anything to save: changes are made in dialogs. */
public final class ServerEditor extends EditorPart {
    private ServerEditorView view;
    private ServerSelection selection;
    private IEclipseContext context;

    @Override
    public void init(IEditorSite site, IEditorInput input) throws PartInitException {
        if (!(input instanceof ServerInput)) {
            throw new PartInitException("Not a server: " + input);
        }
        setSite(site);
        setInput(input);
        setPartName(input.getName());
        selection = site.getService(ServerSelection.class);
    }

    @Override
    public void createPartControl(Composite parent) {
        context = getSite().getService(IEclipseContext.class).createChild("server");
        context.set(ServerWords.class, new ServerWords(Formats.local(), Clock.systemUTC()));
        List<PageEntry<ServerPage>> pages = PageEntries.read(Platform.getExtensionRegistry(), ServersIds.PAGES,
                ServerPage.class, PageEntries::load, context);
        view = new ServerEditorView(parent, getSite().getService(VaultConnections.class),
                (ServerInput) getEditorInput(),
                pages, this::changed);
    }

    private void changed(Row<ServerSummary> row) {
        setPartName(row.value().name());
        setTitleImage(ServerWords.icon(row.value().state()).image());
        setTitleToolTip(row.value().name() + ", " + ServerWords.state(row.value().state()));
        if (selection != null) {
            selection.offer(this, List.of(row));
        }
    }

    /** What is in it. */
    public ServerEditorView view() {
        return view;
    }

    @Override
    public void setFocus() {
        view.focus();
        if (selection != null) {
            selection.take(this, view.known() == null ? List.of() : List.of(view.row()));
        }
    }

    @Override
    public void dispose() {
        if (selection != null) {
            selection.release(this);
        }
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
