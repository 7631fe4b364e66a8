/** Reading and writing the objects of one vault: packs, index, pages, manifests. */
package org.holdfast.engine.internal.objects;
