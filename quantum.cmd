@echo off
rem The launcher for Windows, in its simplest form: the incremental build decides what to rebuild. See README.md.
setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set "root=%~dp0"
set "verb=%~1"
where dotnet >nul 2>nul || (
    echo quantum: the .NET SDK is missing. Install .NET SDK 10.0.100 or newer: https://dotnet.microsoft.com/download 1>&2
    exit /b 2
)
if "%verb%"=="" (
    echo usage: quantum ^<up^|test^|bench^|any verb of the command line tool^> [arguments]
    echo `quantum --help` lists the verbs of the command line tool.
    exit /b 0
)
set "project=%root%tools\Quantum.Cli"
if "%verb%"=="up" set "project=%root%Quantum.AppHost"
if "%verb%"=="bench" set "project=%root%bench\Quantum.Bench"

rem %* keeps the verb even after shift, so the other arguments are collected one by one.
set "rest="
:collect
shift
if "%~1"=="" goto collected
set rest=%rest% %1
goto collect
:collected

dotnet build "%root%Quantum.sln" -c Release -v q -nologo 1>&2 || exit /b 2
if "%verb%"=="test" (
    dotnet test "%root%Quantum.sln" -c Release --no-build -m:1 %rest%
    exit /b
)
if "%verb%"=="up" goto own
if "%verb%"=="bench" goto own
dotnet run --project "%project%" -c Release --no-build -- %verb% %rest%
exit /b %errorlevel%
:own
dotnet run --project "%project%" -c Release --no-build -- %rest%
exit /b %errorlevel%
