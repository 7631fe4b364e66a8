/** Walks a file system, detects changes and reads and writes complete metadata. */
package org.holdfast.source.files;
