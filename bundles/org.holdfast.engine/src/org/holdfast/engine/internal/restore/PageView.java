package org.holdfast.engine.internal.restore;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.format.AttributeSet;
import org.holdfast.format.Page;

/** A page with its owners and attributes in the form in which they are restored. Immutable, shared by threads. */
final class PageView {
    private static final List<ExtendedAttribute> NO_ATTRIBUTES = List.of();

    private final Page page;
    private final Owners.Shared[] owners;
    private final List<List<ExtendedAttribute>> attributes;
    private final boolean permissions;

    /** @throws org.holdfast.format.FormatException when a set of attributes is damaged */
    PageView(Page page, Owners mapping, boolean permissions) {
        this.page = page;
        this.permissions = permissions;
        owners = new Owners.Shared[page.owners.size()];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = mapping.shared(page.owners.get(i));
            if (owners[i].ownerMissed()) {
                mapping.missed();
            }
        }
        attributes = new ArrayList<>(page.attributeSets.size());
        for (byte[] set : page.attributeSets) {
            var list = new ArrayList<ExtendedAttribute>();
            AttributeSet.forEach(set, (name, value) -> list.add(new ExtendedAttribute(name, value)));
            attributes.add(List.copyOf(list));
        }
    }

    private PageView(Page page) {
        this.page = page;
        this.permissions = false;
        owners = new Owners.Shared[0];
        attributes = new ArrayList<>();
    }

    /** For looking only. */
    static PageView bare(Page page) {
        return new PageView(page);
    }

    Page page() {
        return page;
    }

    /** Metadata of an entry that was not there before. */
    RestoreTarget.Metadata fresh(int row) {
        return metadata(row, owners[page.owner[row]].freshMode());
    }

    /** Metadata for an entry that is there with the same content. */
    RestoreTarget.Metadata update(int row) {
        return metadata(row, owners[page.owner[row]].mode());
    }

    /**
     * Metadata for what takes the place of something else.
     *
     * @param oldMode mode of that, kept when permissions are not restored
     */
    RestoreTarget.Metadata replacing(int row, int oldMode) {
        return permissions ? fresh(row) : metadata(row, oldMode & 0777);
    }

    private RestoreTarget.Metadata metadata(int row, int mode) {
        Owners.Shared shared = owners[page.owner[row]];
        return new RestoreTarget.Metadata(mode, shared.uid(), shared.gid(), page.mtime[row], page.mtimeNanos[row],
                attributes(row));
    }

    private @Nullable List<ExtendedAttribute> attributes(int row) {
        if (!permissions) {
            return null;
        }
        int set = page.attributes[row];
        return set == 0 ? NO_ATTRIBUTES : attributes.get(set - 1);
    }
}
