package org.holdfast.vault.http.internal.people;

import org.holdfast.protocol.common.Page;

/** Pages of the catalogue as pages of the wire. */
final class Pages {

    private Pages() {
    }

    static <T> Page<T> wire(org.holdfast.vault.catalog.Page<T> page) {
        return new Page<>(page.items(), page.next(), page.total());
    }
}
