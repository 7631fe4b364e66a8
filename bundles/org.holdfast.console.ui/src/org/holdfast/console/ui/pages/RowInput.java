package org.holdfast.console.ui.pages;

import java.util.Objects;

import org.eclipse.core.runtime.PlatformObject;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IPersistableElement;
import org.holdfast.console.ui.Icon;

/** Which thing an editor shows: by its identity, so that it stays the same whatever it is called. */
public abstract class RowInput extends PlatformObject implements IEditorInput, IPersistableElement {
    private static final String CONNECTION = "connection";
    private static final String THING = "thing";
    private static final String NAME = "name";

    private final String factory;
    private final String connection;
    private final String thing;
    private final String name;
    private final Icon icon;

    /**
     * @param factory id of the factory that brings it back
     * @param connection id of the saved connection
     * @param thing id of the thing
     * @param name what it was called last
     */
    protected RowInput(String factory, String connection, String thing, String name, Icon icon) {
        this.factory = factory;
        this.connection = connection;
        this.thing = thing;
        this.name = name;
        this.icon = icon;
    }

    /**
     * Makes an input.
     *
     * @param <I> kind of the input
     */
    @FunctionalInterface
    public interface Maker<I extends RowInput> {
        /** Makes it from what {@link RowInput#saveState} wrote. */
        I make(String connection, String thing, String name);
    }

    /**
     * Brings an input back, for the factory; null when the memento is not whole.
     *
     * @param <I> kind of the input
     */
    public static <I extends RowInput> I restore(IMemento memento, Maker<I> maker) {
        String connection = memento.getString(CONNECTION);
        String thing = memento.getString(THING);
        String name = memento.getString(NAME);
        return connection == null || thing == null ? null : maker.make(connection, thing, name == null ? "" : name);
    }

    /** Id of the saved connection. */
    public String connection() {
        return connection;
    }

    /** Id of the thing. */
    public String thing() {
        return thing;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public ImageDescriptor getImageDescriptor() {
        return icon.descriptor();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getToolTipText() {
        return name;
    }

    @Override
    public IPersistableElement getPersistable() {
        return this;
    }

    @Override
    public String getFactoryId() {
        return factory;
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString(CONNECTION, connection);
        memento.putString(THING, thing);
        memento.putString(NAME, name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowInput o && o.factory.equals(factory) && o.connection.equals(connection)
                && o.thing.equals(thing);
    }

    @Override
    public int hashCode() {
        return Objects.hash(factory, connection, thing);
    }
}
