@echo off
rem Runs a learner's own Java file against Gradus, or opens a shell with everything imported.
rem
rem   gradus File.java [ARGUMENT...]   compile and run a compact source file
rem   gradus vectors COMMAND ...       train word vectors, ask, examine and convert them: vectors --help
rem   gradus                           open JShell, everything imported
rem   gradus --jdk                     print the JDK that is used
rem
rem The JDK is the first of version 25 or newer: JAVA_HOME, or one of the usual folders.
setlocal
set "root=%~dp0"
set "jdk="
if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%f in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
  for /d %%d in ("%%~f\*") do call :try "%%~d"
  for /d %%d in ("%%~f\*") do call :try "%%~d\current"
)
if not defined jdk echo gradus: no JDK 25 or newer found. Install one, or let JAVA_HOME name its folder.>&2& exit /b 1
if "%~1"=="--jdk" echo %jdk%& exit /b 0
if not exist "%root%text\target\libraries.path" (
  echo gradus: compiling the modules>&2
  pushd "%root%" && call mvn -q compile -pl text -am || exit /b 1
  popd
)
set /p libraries=<"%root%text\target\libraries.path"
set "path_=%root%tensor\target\classes;%root%autograd\target\classes;%root%nn\target\classes;%root%text\target\classes;%libraries:.jar:=.jar;%"
set "flags=-XX:+UseParallelGC -XX:InitialRAMPercentage=8"
if "%~1"=="vectors" (
  if not exist "%root%cli\target\libraries.path" (
    echo gradus: compiling the modules>&2
    pushd "%root%" && call mvn -q compile -pl cli -am || exit /b 1
    popd
  )
  goto :vectors
)
if "%~1"=="" (
  echo import module gradus.text;>"%TEMP%\gradus-startup.jsh"
  "%jdk%\bin\jshell" -R-XX:+UseParallelGC -R-Dgradus.trace=true --module-path "%path_%" --add-modules gradus.text --startup DEFAULT --startup "%TEMP%\gradus-startup.jsh"
  exit /b
)
if /i not "%~x1"==".java" echo gradus: %1 does not end in .java. Usage: gradus File.java [ARGUMENT...]>&2& exit /b 1
if not exist "%~1" echo gradus: there is no file %1.>&2& exit /b 1
rem To remember the line of each op costs a microsecond or more: only for who looks at the steps.
findstr "Backprop Graph Step Studio Explain Recording source()" "%~1" >nul && set "flags=%flags% -Dgradus.trace=true -Dgradus.sources=%~1"
rem The studio stands on the text module, pictures come with the lesson.
set "top=gradus.text"
findstr "gradus.studio" "%~1" >nul && set "top=gradus.studio"
findstr "gradus.examples" "%~1" >nul && set "top=gradus.examples"
if not "%top%"=="gradus.text" if not exist "%root%examples\target\classes\module-info.class" (
  echo gradus: compiling the modules>&2
  pushd "%root%" && call mvn -q compile -pl examples -am || exit /b 1
  popd
)
if not "%top%"=="gradus.text" set /p more=<"%root%studio\target\libraries.path"
if not "%top%"=="gradus.text" set "path_=%path_%;%root%studio\target\classes;%more%"
if "%top%"=="gradus.examples" set "path_=%path_%;%root%examples\target\classes"
"%jdk%\bin\java" %flags% --module-path "%path_%" --add-modules %top% %*
exit /b

:vectors
set /p more=<"%root%cli\target\libraries.path"
"%jdk%\bin\java" -XX:+UseSerialGC -Xms24m -Xmn8m --module-path "%path_%;%root%cli\target\classes;%more%" --module gradus.cli/gradus.cli.Main %*
exit /b

rem Takes a folder that holds a JDK which is new enough, unless there is one already.
:try
if defined jdk exit /b
if not exist "%~1\bin\javac.exe" exit /b
for /f "usebackq tokens=1,2 delims==" %%u in ("%~1\release") do if "%%u"=="JAVA_VERSION" call :version %%v "%~1"
exit /b

:version
for /f "delims=." %%m in ("%~1") do if %%m geq 25 set "jdk=%~2"
exit /b
