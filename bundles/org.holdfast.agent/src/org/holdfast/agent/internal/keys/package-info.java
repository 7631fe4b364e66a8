/** Passphrases: where they come from, how strong they are, where they are kept. */
package org.holdfast.agent.internal.keys;
