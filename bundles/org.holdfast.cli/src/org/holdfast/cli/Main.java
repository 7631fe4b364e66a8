package org.holdfast.cli;

import java.time.Clock;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.vault.VaultService;
import org.holdfast.cli.internal.App;
import org.holdfast.cli.internal.Framework;
import org.holdfast.cli.internal.Interruption;
import org.holdfast.cli.internal.MoreMemory;
import org.holdfast.cli.internal.ProcessEnvironment;
import org.holdfast.cli.internal.Version;
import org.holdfast.cli.internal.input.ArgumentText;
import org.holdfast.cli.internal.fleet.ServerStores;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.azure.AzureStoreProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;

/**
 * The command line on a plain class path: composes the engine, its source and its store by hand, which starts several
 * times faster than a framework does.
 */
public final class Main {
    private Main() {
    }

    /** Runs a command line; the process ends with its exit code. */
    public static void main(String[] args) {
        var clock = Clock.systemUTC();
        var cancel = new CancelToken();
        var arguments = ArgumentText.ofProcess(args);
        var environment =
                ProcessEnvironment.create(() -> engine(clock), List.of(), clock, cancel, Version::text);
        var app = new App(environment, new MoreMemory(environment.variables(), Main.class.getName()));
        var framework = Framework.ofThisProduct(environment.variables());
        boolean plugIns = framework != null && framework.isWanted(arguments);
        int code = new Interruption(cancel, () -> plugIns ? app.run(framework, arguments) : app.run(arguments)).run();
        System.exit(code);
    }

    /** The engine with the source and the store this product has. */
    static VaultService engine(Clock clock) {
        return new LocalVaultService(List.of(new DirectoryStoreProvider(clock),
                new ServerStores(System.getenv(), clock), new AzureStoreProvider(clock, System.getenv())),
                List.of(new FilesSourceProvider()), clock);
    }
}
