package org.holdfast.protocol.data;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A seed is to be imported for a server ({@code POST /api/v1/vaults/{vault}/servers/{server}/seeds}).
 *
 * @param id client-made id, or null
 * @param seed name of a folder in the folder {@code seeds} of the vault node
 */
public record ImportSeed(@Nullable String id, String seed) {
}
