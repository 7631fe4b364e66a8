/** Previews of files: where they are shown, and those for text, images and everything else. */
package org.holdfast.console.recovery.internal.preview;
