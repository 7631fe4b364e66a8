package org.holdfast.console.recovery.preview;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Composite;

/**
 * Shows files of one sort beside the browsing tree, before anybody restores them. Bundles contribute previews through
 * the extension point {@code org.holdfast.console.recovery.restorePreview}; those whose patterns match the name are
 * asked in their order, and the first that does not refuse shows the file.
 * <p>
 * One object is made for each browsing part, by injection: the constructor may ask for services with
 * {@code jakarta.inject.Inject}; a public constructor without parameters does as well. A preview gets bytes that
 * somebody else wrote: it must take anything, and never run it.
 *
 * @param <T> what is worked out beside the user interface thread
 */
public interface RestorePreview<T> {
    /** Makes the widgets, once, on the user interface thread. The parent has a grid layout of one column. */
    void create(Composite parent);

    /**
     * Works out what there is to show. Called on a background thread, for one file at a time; may take its time, but
     * not more memory than a few times the bytes.
     *
     * @return null when this preview cannot show the file
     */
    @Nullable
    T prepare(PreviewFile file);

    /**
     * Shows it, on the user interface thread.
     *
     * @param prepared what {@link #prepare} gave
     * @return a few words about the file to stand above it, for example its encoding; may be empty
     */
    String show(PreviewFile file, T prepared);

    /** Nothing is to be shown any more; lets go of what is large. On the user interface thread. */
    default void clear() {
        // Most previews hold little.
    }

    /** The part is closed; the widgets are gone. */
    default void dispose() {
        // Most previews hold nothing.
    }
}
