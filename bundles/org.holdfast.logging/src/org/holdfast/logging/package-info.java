/**
 * Lets SLF4J find Logback inside a framework: a fragment that gives SLF4J the file its service loader looks for, and
 * the package the file names. It stands for the service loader mediator that both ask for, which would weave every
 * class of a program for the sake of this one look-up. On a plain class path SLF4J finds Logback by itself.
 */
package org.holdfast.logging;
