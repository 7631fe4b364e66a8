/** Checking vaults: every object, what refers to what, and whom damage hurts; with and without passphrase. */
package org.holdfast.engine.internal.verify;
