package org.holdfast.console.ui.pages;

import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;

/**
 * What an editor shows. Implemented by the editor; to be used on the user interface thread.
 *
 * @param <T> kind of the thing
 */
public interface Open<T> {
    /** The thing as the vault server told it last, together with that vault server. */
    Row<T> row();

    /** The thing as the vault server told it last. */
    default T summary() {
        return row().value();
    }

    /** The vault server: its lists, and calls to it. */
    default FleetSession session() {
        return row().session();
    }

    /**
     * Shows another page and gives it the focus; does nothing when there is none of that id.
     *
     * @param id as in the extension
     */
    void showPage(String id);
}
