package org.holdfast.console.ui.pages;

import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.ImageDescriptor;

/**
 * A contributed page.
 *
 * @param <P> kind of the page
 * @param id of the extension
 * @param name on its tab
 * @param icon on its tab, or null
 * @param order where its tab stands among the others
 * @param permission what the account must be allowed to do for it, empty for nothing
 * @param make makes the page for one editor
 */
public record PageEntry<P extends EditorPage>(String id, String name, @Nullable ImageDescriptor icon, int order,
        String permission, Callable<P> make) {
}
