package org.holdfast.engine.internal.backup;

import java.io.IOException;

import org.holdfast.engine.internal.objects.KnownIds;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.Body;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Page;

/**
 * Looks whether the vault still has what an earlier point refers to. Needed only when packs are marked as damaged: then
 * what they held is read from the source and stored again.
 *
 * @param known ids in packs that can be relied on
 * @param reader reads segment lists
 * @param trusted whether no pack is marked, so that nothing need be looked at
 */
record PresenceCheck(KnownIds known, MetaReader reader, boolean trusted) implements TreeBuilder.Healing {
    @Override
    public boolean intact(Page page, int row) {
        return trusted || allThere(page, row);
    }

    private boolean allThere(Page page, int row) {
        for (int i = 0; i < page.refCount(row); i++) {
            int at = page.refOffset(row) + i * Id.SIZE;
            if (!known.contains(page.refs, at)) {
                return false;
            }
            if (page.bodyKind(row) == Body.LISTS) {
                try {
                    byte[] refs = reader.list(page.refs, at).refs();
                    for (int k = 0; k < refs.length; k += Id.SIZE) {
                        if (!known.contains(refs, k)) {
                            return false;
                        }
                    }
                } catch (IOException | FormatException e) {
                    // What cannot be read is not there.
                    return false;
                }
            }
        }
        return true;
    }
}
