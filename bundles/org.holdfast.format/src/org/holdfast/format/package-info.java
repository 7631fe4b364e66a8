/** The vault format: chunker, packs, directory blocks, manifests and index segments as functions over bytes. */
package org.holdfast.format;
