@echo off
rem Starts the Holdfast console of the product this file lies in. Needs Java 25: JAVA_HOME, or java on the PATH.
rem Its state lies in the user's folders, so the product itself may be read-only and shared.
setlocal
set "install=%~dp0.."
set "java=javaw"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\javaw"
set "data="
if defined HOLDFAST_CONSOLE_DATA set data=-data "%HOLDFAST_CONSOLE_DATA%"
for %%j in ("%install%\plugins\org.eclipse.equinox.launcher_*.jar") do set "launcher=%%~fj"
for %%j in ("%install%\plugins\org.holdfast.console.app_*.jar") do set "build=%%~nj"
start "Holdfast" "%java%" --enable-native-access=ALL-UNNAMED %HOLDFAST_JAVA_OPTS% -jar "%launcher%" -nosplash -configuration "%LOCALAPPDATA%\Holdfast\console\%build%\configuration" %data% %*
