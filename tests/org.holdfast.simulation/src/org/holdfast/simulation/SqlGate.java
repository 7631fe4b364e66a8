package org.holdfast.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import org.holdfast.simulation.Faults.Fault;

/**
 * Stands before the catalogue: every transaction that changes something is a chance for others to come first, and it
 * may fail, or be done without an answer. A transaction itself is one step, as the database sees to that.
 */
final class SqlGate implements UnaryOperator<DataSource> {
    @Override
    public DataSource apply(DataSource inner) {
        return (DataSource) Proxy.newProxyInstance(SqlGate.class.getClassLoader(), new Class<?>[] { DataSource.class },
                (proxy, method, arguments) -> {
                    Object result = invoke(inner, method, arguments);
                    Node node = Node.current();
                    return node != null && result instanceof Connection connection ? gated(connection, node) : result;
                });
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Connection gated(Connection inner, Node node) {
        return (Connection) Proxy.newProxyInstance(SqlGate.class.getClassLoader(), new Class<?>[] { Connection.class },
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setAutoCommit" -> {
                            if (Boolean.FALSE.equals(arguments[0])) {
                                begin(node);
                            }
                        }
                        case "commit" -> {
                            return commit(inner, method, node);
                        }
                        case "prepareStatement" -> arguments[0] = node.mutant().sql((String) arguments[0]);
                        default -> {
                            // As it is.
                        }
                    }
                    return invoke(inner, method, arguments);
                });
    }

    private static void begin(Node node) throws SQLException {
        if (!node.mayHandOver()) {
            return;
        }
        node.step();
        switch (node.world().faults().next()) {
            case FAILS -> {
                node.world().tell("sql", "", "fails");
                throw new SQLException("made to fail", "08006");
            }
            case CRASH_BEFORE -> throw node.crash("sql");
            default -> node.world().tell("sql", "", "");
        }
    }

    private static Object commit(Connection inner, Method method, Node node) throws Throwable {
        Object result = invoke(inner, method, null);
        Fault fault = node.world().faults().next();
        if (fault == Fault.LOST) {
            node.world().tell("sql", "commit", "answer lost");
            throw new SQLException("made to lose the answer", "08007");
        }
        if (fault == Fault.CRASH_AFTER) {
            throw node.crash("after sql");
        }
        return result;
    }
}
