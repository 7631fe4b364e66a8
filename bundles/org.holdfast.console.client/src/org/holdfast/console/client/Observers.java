package org.holdfast.console.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A list of observers that may change while it is being told something.
 *
 * @param <T> what observers are told
 */
public final class Observers<T> {
    private final List<Consumer<? super T>> list = new CopyOnWriteArrayList<>();

    /** Adds an observer until the subscription is closed. */
    public Subscription add(Consumer<? super T> observer) {
        list.add(observer);
        return () -> list.remove(observer);
    }

    /** Tells everybody, in the order they came. One whose thread takes nothing any more is told nothing any more. */
    public void fire(T event) {
        for (Consumer<? super T> observer : list) {
            try {
                observer.accept(event);
            } catch (RejectedExecutionException e) {
                // When the console closes, the windows are gone before the connections.
                list.remove(observer);
            }
        }
    }

    /** Whether nobody listens. */
    public boolean isEmpty() {
        return list.isEmpty();
    }
}
