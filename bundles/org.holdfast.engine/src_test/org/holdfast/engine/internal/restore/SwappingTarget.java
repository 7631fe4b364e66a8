package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.engine.internal.Targets;

/** A target where something happens right before a directory is opened. */
final class SwappingTarget extends Targets.Passing {
    private final RestoreTarget inner;
    private final Runnable swap;

    SwappingTarget(RestoreTarget inner, Runnable swap) {
        super(inner);
        this.inner = inner;
        this.swap = swap;
    }

    @Override
    public TargetDirectory root() throws IOException {
        TargetDirectory to = inner.root();
        return (TargetDirectory) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { TargetDirectory.class }, (proxy, method, arguments) -> {
                    if (method.getName().equals("directory")) {
                        swap.run();
                    }
                    try {
                        return method.invoke(to, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
