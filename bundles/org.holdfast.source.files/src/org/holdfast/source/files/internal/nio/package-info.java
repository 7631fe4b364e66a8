/**
 * Any system the Java library knows, with what the library offers: names, types, size, times, owners and permissions
 * where there are any, user attributes. Paths are walked by name, so this is not safe against somebody who exchanges
 * directories for links meanwhile; links that are in the way already are not followed.
 */
@NonNullByDefault
package org.holdfast.source.files.internal.nio;

import org.eclipse.jdt.annotation.NonNullByDefault;
