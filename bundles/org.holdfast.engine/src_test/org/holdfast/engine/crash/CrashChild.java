package org.holdfast.engine.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.RetainRequest;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.engine.internal.Targets;
import org.holdfast.store.directory.DirectoryStoreProvider;

/**
 * The process that is killed: changes a tree and backs it up until then, and says on standard output what it is about
 * to do and what it has done.
 */
final class CrashChild {
    /** Passphrase of the vault. */
    static final String PASSPHRASE = "a passphrase of a test";
    /** How many points its retention keeps. */
    static final int KEEP = 4;
    /** Followed by the digest of the tree that is backed up next. */
    static final String TREE = "tree ";
    /** Followed by the id of a point, printed when the engine has said that it is committed. */
    static final String COMMITTED = "committed ";
    /** Says that from now on older points go. */
    static final String RETAIN = "retain";

    private static final int RETAIN_EVERY = 3;
    /** Ends a child whose parent did not. */
    private static final int MOST = 2000;

    private CrashChild() {
    }

    /** @param args location of the vault, directory to change and back up, seed */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[1]);
        var random = new Random(Long.parseLong(args[2]));
        PrintStream out = System.out;
        try (OpenVault vault = service().open(args[0], PASSPHRASE.toCharArray())) {
            for (int i = 1; i <= MOST && !out.checkError(); i++) {
                Trees.change(root, random);
                say(out, TREE + Trees.digest(root));
                var request = BackupRequest.of(List.of(RawPath.of(root.toString())));
                say(out, COMMITTED + vault.backup(request, ProgressSink.NONE, new CancelToken()).point().id());
                if (i % RETAIN_EVERY == 0) {
                    say(out, RETAIN);
                    vault.retain(new RetainRequest(KEEP, 0, 0, 0, 0, true, false), ProgressSink.NONE,
                            new CancelToken());
                }
            }
        }
    }

    /** Vaults in directories; restoring into one does not make the whole disk durable. */
    static LocalVaultService service() {
        return new LocalVaultService(List.of(new DirectoryStoreProvider()), List.of(Targets.unsynced()),
                Clock.systemUTC());
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }
}
