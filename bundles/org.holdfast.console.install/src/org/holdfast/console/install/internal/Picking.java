package org.holdfast.console.install.internal;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.install.discovery.FoundHost;
import org.holdfast.console.install.internal.pick.HostSource;
import org.holdfast.console.install.internal.pick.PickDialog;

/**
 * Lets a person pick hosts from sources.
 *
 * @param sources those that were contributed
 */
record Picking(List<HostSource> sources, VaultConnections connections, Executor background) {
    /** Opens the dialog; what is picked comes as lines of a list of hosts. */
    void open(Shell shell, Consumer<String> lines) {
        new PickDialog(shell, sources, connections, background, picked -> lines.accept(picked.stream()
                .map(Picking::line).collect(Collectors.joining("\n")))).open();
    }

    private static String line(FoundHost host) {
        String name = host.host().contains(":") ? '[' + host.host() + ']' : host.host();
        return host.port() == FoundHost.SSH_PORT ? name : name + ':' + host.port();
    }
}
