package org.holdfast.cli.internal;

import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.VaultInfo;
import org.holdfast.api.vault.VaultService;
import org.holdfast.api.vault.VerifyResult;

/** One vault in {@code /vault} that opens with one passphrase. */
final class FakeVaults implements VaultService {
    static final String PASSPHRASE = "correct horse battery staple";
    static final String RECOVERY_KEY = "RECOVERY-KEY-TEXT";

    final FakeVault vault = new FakeVault();
    String created;
    String createdWith;
    Boolean verifiedData;

    @Override
    public VaultInfo create(String location, char[] passphrase) {
        if (passphrase.length < 16) {
            throw new HoldfastException(Problem.WEAK_PASSPHRASE, "The passphrase is too short.",
                    "Use at least 16 characters.");
        }
        created = location;
        createdWith = new String(passphrase);
        return new VaultInfo("0".repeat(32), location, Samples.TIME, 1, List.of("x"), 0, 100);
    }

    @Override
    public OpenVault open(String location, char[] passphrase) {
        inspect(location);
        if (!new String(passphrase).equals(PASSPHRASE)) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The passphrase does not open this vault.",
                    "Check the passphrase.");
        }
        return vault;
    }

    @Override
    public OpenVault openWithRecoveryKey(String location, String recoveryKey) {
        if (!recoveryKey.equals(RECOVERY_KEY)) {
            throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The recovery key does not open this vault.", "");
        }
        return vault;
    }

    @Override
    public VaultInfo inspect(String location) {
        if (!location.equals("/vault")) {
            throw new HoldfastException(Problem.VAULT_NOT_FOUND, "There is no vault in '" + location + "'.",
                    "Check the path.");
        }
        return vault.info();
    }

    @Override
    public VerifyResult verify(String location, boolean readData, ProgressSink progress, CancelToken cancel) {
        inspect(location);
        verifiedData = readData;
        return new VerifyResult(2, 20, 3, 5000, 0, false, readData, vault.damages, 0);
    }
}
