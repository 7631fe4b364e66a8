package org.holdfast.protocol.fleet;

import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Changes a protected server ({@code PATCH .../servers/{id}}); null leaves as it is.
 *
 * @param name 1 to 100 characters
 * @param tags at most 50 words of letters, digits, '.', '_', ':' and '-', at most 64 characters each
 * @param labels at most 50
 */
public record ChangeServer(@Nullable String name, @Nullable List<String> tags, @Nullable Map<String, String> labels) {
}
