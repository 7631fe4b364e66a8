/**
 * Rides along in the packaged console: once its window is open, everything that the workbench knows of ours is opened,
 * and what is wrong with it is written to a file. Added to a copy of the product by the products' tests.
 */
package org.holdfast.console.smoke;
