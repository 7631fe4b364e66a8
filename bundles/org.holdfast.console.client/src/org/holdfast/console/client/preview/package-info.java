/** What the first bytes of a file are, without widgets: text in some encoding, an image of some size, or neither. */
package org.holdfast.console.client.preview;
