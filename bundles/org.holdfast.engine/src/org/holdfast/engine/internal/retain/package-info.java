/** Dropping recovery points by rule, and collecting what nothing needs any more. */
package org.holdfast.engine.internal.retain;
