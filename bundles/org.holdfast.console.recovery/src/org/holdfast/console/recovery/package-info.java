/** Recovery points, browsing, search and the restore wizard. */
package org.holdfast.console.recovery;
