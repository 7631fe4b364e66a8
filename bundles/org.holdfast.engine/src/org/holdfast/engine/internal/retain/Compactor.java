package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.PackWriter;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackKind;

/** Moves the needed blobs of packs into new packs, as they are: sealed, without any key that opens them. */
final class Compactor {
    /** Larger packs are left alone, so that memory stays bounded. */
    private static final long MAX_PACK = 64L << 20;

    private final Vault vault;
    private final LivePacks live;
    private final Collector.Step step;

    Compactor(Vault vault, LivePacks live, Collector.Step step) {
        this.vault = vault;
        this.live = live;
        this.step = step;
    }

    /**
     * Moves what is needed.
     *
     * @return packs whose needed blobs are all in new, durable, indexed packs
     */
    Set<Id> run(List<Integer> packs) throws IOException {
        Set<Id> moved = new HashSet<>();
        var writer = new IndexWriter(vault);
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (PackKind kind : PackKind.values()) {
                try (var out = new PackWriter(vault, kind, writer)) {
                    for (int pack : packs) {
                        if (live.packs().kind(pack) == kind && move(pack, keeper, out)) {
                            moved.add(live.packs().name(pack));
                        }
                    }
                    out.flush();
                }
            }
            writer.flush();
        }
        return moved;
    }

    private boolean move(int pack, Xaes256Gcm keeper, PackWriter out) throws IOException {
        step.run();
        Id name = live.packs().name(pack);
        PackKind kind = live.packs().kind(pack);
        if (live.packs().bytes(pack) > MAX_PACK) {
            return false;
        }
        byte[] bytes = vault.store().get(kind.objectName(name), (int) MAX_PACK);
        // Damage must not be moved to where its name no longer betrays it.
        if (!Arrays.equals(Manifest.sha256(bytes, 0, bytes.length), name.bytes())) {
            return false;
        }
        PackDirectory directory;
        try {
            directory = PackDirectories.read(vault, keeper, kind, name, bytes.length);
        } catch (FormatException e) {
            return false;
        }
        if (directory.blobs().size() != live.packs().blobs(pack)) {
            // A segment that does not match its pack: verify tells of it.
            return false;
        }
        int number = 0;
        for (BlobEntry blob : directory.blobs()) {
            if (live.isLive(pack, number++)) {
                out.append(Arrays.copyOfRange(bytes, blob.offset(), blob.offset() + blob.storedLength()),
                        blob.storedLength(), blob);
            }
        }
        return true;
    }
}
