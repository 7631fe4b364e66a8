package org.holdfast.console.app.internal;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;

import org.eclipse.core.runtime.Platform;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.service.datalocation.Location;
import org.eclipse.osgi.util.NLS;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.local.LocalVault;
import org.holdfast.console.client.local.LocalVaultException;
import org.holdfast.console.client.local.VaultProgram;

/** The vault server of this user, and words about it. */
final class LocalVaults {
    private LocalVaults() {
    }

    /** Below the user's home, beside the console's own folder. */
    static LocalVault of(VaultConnections connections) {
        Path root = Path.of(System.getProperty("user.home"), ".holdfast", "local-vault");
        return new LocalVault(root, () -> VaultProgram.find(System.getenv(), install()), connections);
    }

    private static @Nullable Path install() {
        Location location = Platform.getInstallLocation();
        URL url = location == null ? null : location.getURL();
        // The platform writes such addresses without encoding spaces.
        return url == null ? null : Path.of(URI.create(url.toString().replace(" ", "%20")));
    }

    /** What a person is told about why it did not work. */
    static String explain(LocalVaultException e) {
        return switch (e.reason()) {
            case NO_PROGRAM -> NLS.bind(Messages.local_noProgram,
                    VaultProgram.beside(install()).stream().findFirst().map(Path::toString).orElse(""),
                    VaultProgram.PROGRAM);
            case DID_NOT_START -> Messages.local_didNotStart;
            case SIGN_IN_REFUSED -> NLS.bind(Messages.local_refused, e.details());
            case DID_NOT_STOP -> Messages.local_didNotStop;
            case CANCELLED -> Messages.local_cancelled;
            case FILES -> NLS.bind(Messages.local_files, e.details());
        };
    }

    /** Names of the steps, in their order. */
    static Map<LocalVault.Step, String> steps() {
        return Map.of(LocalVault.Step.FIND, Messages.local_find, LocalVault.Step.START, Messages.local_start,
                LocalVault.Step.TRUST, Messages.local_trust, LocalVault.Step.SIGN_IN, Messages.local_signIn);
    }
}
