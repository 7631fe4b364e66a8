@echo off
rem Starts the Holdfast command line of the product this file lies in. Needs Java 25: JAVA_HOME, or java on the PATH.
setlocal EnableDelayedExpansion
set "plugins=%~dp0..\plugins"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "classpath="
for %%j in ("%plugins%\*.jar") do (
  set "name=%%~nxj"
  if not "!name:~0,12!"=="org.eclipse." if not "!name:~0,9!"=="org.osgi." if not "!name:~0,17!"=="org.apache.felix." (
    set "classpath=!classpath!%%~fj;"
  )
)
for /d %%d in ("%plugins%\org.holdfast.azure.sdk_*") do (
  for %%j in ("%%d\lib\*.jar") do set "classpath=!classpath!%%~fj;"
)
endlocal & set "HOLDFAST_JAVA=%java%" & set "HOLDFAST_CLASSPATH=%classpath%"
"%HOLDFAST_JAVA%" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Xlog:disable -Xlog:all=error:stderr %HOLDFAST_JAVA_OPTS% -cp "%HOLDFAST_CLASSPATH%" org.holdfast.cli.Main %*
