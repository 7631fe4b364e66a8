package org.holdfast.console.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.api.vault.VaultService;
import org.holdfast.api.vault.VerifyResult;

/** Vaults in memory, all with the same passphrase. */
public final class FakeVaultService implements VaultService {
    /** Opens every vault of this service. */
    public static final String PASSPHRASE = "correct horse battery staple";
    /** Opens them too. */
    public static final String RECOVERY_KEY = "HF1-ABCD-EFGH";

    /** Held by {@link #open}. */
    public final Gate opening = new Gate();

    private final Map<String, FakeVault> vaults = new ConcurrentHashMap<>();

    /** Adds a vault. */
    public FakeVault add(String location, List<FakePoint> points) {
        var vault = new FakeVault(location, points);
        vaults.put(location, vault);
        return vault;
    }

    @Override
    public VaultInfo create(String location, char[] passphrase) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OpenVault open(String location, char[] passphrase) {
        opening.pass(new CancelToken());
        FakeVault vault = find(location);
        if (!PASSPHRASE.equals(new String(passphrase))) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The passphrase opens no key slot of this vault.",
                    "Check the keyboard layout and Caps Lock, or use the recovery key.");
        }
        return vault;
    }

    @Override
    public OpenVault openWithRecoveryKey(String location, String recoveryKey) {
        opening.pass(new CancelToken());
        FakeVault vault = find(location);
        if (!RECOVERY_KEY.equals(recoveryKey)) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The recovery key opens no key slot of this vault.",
                    "Compare it with the printed one, group by group.");
        }
        return vault;
    }

    @Override
    public VaultInfo inspect(String location) {
        return find(location).info();
    }

    @Override
    public VerifyResult verify(String location, boolean readData, ProgressSink progress, CancelToken cancel) {
        throw new UnsupportedOperationException();
    }

    private FakeVault find(String location) {
        FakeVault vault = vaults.get(location);
        if (vault == null) {
            throw new HoldfastException(Problem.VAULT_NOT_FOUND, "There is no vault in '" + location + "'.",
                    "Check the path, or create a vault first.");
        }
        return vault;
    }
}
