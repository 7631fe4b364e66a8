@echo off
rem Starts the Holdfast vault of the product this file lies in. Needs Java 25: the runtime beside bin, JAVA_HOME, or java
rem on the PATH. Everything it writes is in the folder of --data; the product itself may be read-only.
setlocal
set "install=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if exist "%install%\jre\bin\java.exe" set "java=%install%\jre\bin\java"
set "root=%ProgramData%\Holdfast\vault"
set "area=command"
set "log=vault-command"
if "%~1"=="serve" set "area=service"
if "%~1"=="serve" set "log=vault"
set "arguments=%*"
:next
if "%~1"=="" goto found
if "%~1"=="--data" set "root=%~2"
shift
goto next
:found
for %%j in ("%install%\plugins\org.eclipse.equinox.launcher_*.jar") do set "launcher=%%~fj"
for %%j in ("%install%\plugins\org.holdfast.vault.http_*.jar") do set "build=%%~nj"
if not defined HOLDFAST_HEAP set "HOLDFAST_HEAP=512m"
if not defined HOLDFAST_LOG_LEVEL set "HOLDFAST_LOG_LEVEL=INFO"
set "format=TEXT"
if "%HOLDFAST_LOG_FORMAT%"=="json" set "format=JSON"
set "config=%install%\etc\vault-logback.xml"
if exist "%root%\logback.xml" set "config=%root%\logback.xml"
if not exist "%root%\runtime\tmp" mkdir "%root%\runtime\tmp"
"%java%" -XX:+UseG1GC -Xmx%HOLDFAST_HEAP% -XX:+UseCompactObjectHeaders --illegal-native-access=allow ^
  "-XX:CompileCommandFile=%install%\etc\hot-methods" ^
  "-Djava.io.tmpdir=%root%\runtime\tmp" -Djava.awt.headless=true "-Dlogback.configurationFile=%config%" ^
  "-Dholdfast.logs=%root%\logs" -Dholdfast.log.name=%log% -Dholdfast.log.format=%format% -Dholdfast.log.level=%HOLDFAST_LOG_LEVEL% ^
  %HOLDFAST_JAVA_OPTS% -jar "%launcher%" -nosplash -consoleLog -data @none ^
  -configuration "%root%\runtime\%area%-%build%" %arguments%
exit /b %errorlevel%
