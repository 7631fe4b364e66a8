package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.Problem;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;

/**
 * What a verification sets right: marks on damaged packs, so that their chunks are stored again and nobody relies on
 * them, and index segments that can be made again from the packs.
 */
final class Repairs {
    private final Vault vault;
    private final PackTable table;

    Repairs(Vault vault, PackTable table) {
        this.vault = vault;
        this.table = table;
    }

    /**
     * Does it as far as the store lets us: a store that cannot be written to can still be verified.
     *
     * @param sound packs that were read to the end and are sound
     * @param present packs that are there
     * @param rotten index segments whose bytes are not what was written
     * @param needed packs that something needs
     */
    void run(Map<Id, PackReport> reports, Set<Id> sound, Set<Id> present, List<String> rotten, Set<Id> needed) {
        try {
            marks(reports, sound, present);
            index(reports, rotten, needed);
        } catch (IOException e) {
            // What was found is told all the same; the next verification tries again.
            return;
        }
    }

    private void marks(Map<Id, PackReport> reports, Set<Id> sound, Set<Id> present) throws IOException {
        Set<Id> marked = Marks.damaged(vault);
        for (PackReport report : reports.values()) {
            if (report.problem() != Problem.STORE_UNAVAILABLE && table.number(report.name()) >= 0
                    && !marked.contains(report.name())) {
                Marks.markDamaged(vault, report.name());
            }
        }
        for (Id pack : marked) {
            boolean gone = !present.contains(pack) && table.number(pack) < 0;
            if (gone || sound.contains(pack)) {
                Marks.clearDamaged(vault, pack);
            }
        }
    }

    private void index(Map<Id, PackReport> reports, List<String> rotten, Set<Id> needed) throws IOException {
        var writer = new IndexWriter(vault);
        for (IndexSegment.Pack pack : table.index().undescribed().values()) {
            if (needed.contains(pack.name()) && !reports.containsKey(pack.name())) {
                writer.add(pack);
            }
        }
        writer.flush();
        // Only when the new ones are durable; nothing could be read from these any more.
        for (String segment : rotten) {
            vault.store().delete(segment);
        }
    }
}
