/** Implementation details of {@code org.holdfast.crypto}; not exported. */
package org.holdfast.crypto.internal;
