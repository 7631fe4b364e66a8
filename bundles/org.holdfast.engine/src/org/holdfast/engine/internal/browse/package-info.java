/** Looking into recovery points: listing, finding, comparing. */
package org.holdfast.engine.internal.browse;
