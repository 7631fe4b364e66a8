package org.holdfast.console.ui.pages;

/**
 * What pages of all editors have in common. Pages of one kind of editor have a type of their own, with a method that
 * makes their widgets. All methods are called on the user interface thread and must not wait.
 */
public interface EditorPage {
    /**
     * Shows the thing as it is now. Called after it changed, at most about three times a second and only while the page
     * can be seen; keep the selection and the focus.
     */
    void update();

    /** Gives the focus to the control of the page that is used most. */
    void focus();

    /** Asks anew what the page has asked the vault for, because the person wishes so (F5). */
    default void refresh() {
        // Most pages show only what the editor keeps fresh.
    }

    /** The editor is closed; the widgets are gone. Ends subscriptions. */
    default void dispose() {
        // Most pages hold nothing.
    }
}
