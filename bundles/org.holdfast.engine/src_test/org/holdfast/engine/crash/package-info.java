/** Processes that die and disks that fill up while a vault is written. */
package org.holdfast.engine.crash;
