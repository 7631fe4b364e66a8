/** The demonstration and its own comparison of trees. */
package org.holdfast.cli.internal.demo;
