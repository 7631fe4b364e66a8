/** Implementation details of {@code org.holdfast.vault.catalog}; not exported. */
package org.holdfast.vault.catalog.internal;
