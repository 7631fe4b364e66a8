package org.holdfast.console.servers.page;

import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.ui.pages.EditorPage;

/**
 * A page of the server editor. Bundles contribute pages through the extension point
 * {@code org.holdfast.console.servers.serverPage}; the editor's own pages come the same way.
 * <p>
 * The editor makes one object for each editor, when its page is shown for the first time, by injection: the
 * constructor may ask for services of the workbench and of OSGi with {@code jakarta.inject.Inject}, for example for
 * {@code VaultConnections}; a public constructor without parameters does as well. All methods are called on the user
 * interface thread and must not wait: ask the vault through {@code server.session().api()}, whose answers come on
 * background threads, and come back with {@code Ui.async(widget, ...)}.
 * <p>
 * While the server is not known (signed out, loading, removed) the editor shows why in place of all pages, so a page
 * need not care; while the vault cannot be reached it shows a bar above the pages, which keep what they show.
 */
public interface ServerPage extends EditorPage {
    /**
     * Makes the widgets. {@link #update()} is called right after it.
     *
     * @param parent has a grid layout with one column; the page disposes of nothing in it
     * @param server what the page is about, for as long as the page lives
     */
    void create(Composite parent, OpenServer server);
}
