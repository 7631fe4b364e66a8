/**
 * A second reader of vaults, written from {@code docs/format.md} and {@code docs/format-keys.md} alone: it uses the JDK
 * and zstd and nothing of ours, so that what the documents do not say, it does not know. It is slow, simple and strict.
 */
package org.holdfast.engine.reader;
